/**
 * A Terraform state: the raw file (`version` 4) or what `terraform show -json` prints of one (`format_version` 1.x).
 * Every value is known; only the kinds of document differ.
 */
import type { Instant } from '../../domain/time';
import type { World } from '../../domain/world';
import { formatKey } from './address';
import { assembleWorld, type Unread } from './assemble';
import { SourceError } from './errors';
import { arrayOf, type Json, type JsonObject, member, objectOf, objectsOf, textOf } from './json';
import type { SourceResource } from './resource';
import { knownBody, type Mask } from './values';
import { brief, requireMajor } from './versions';

interface Found {
  readonly resources: SourceResource[];
  readonly unread: Unread[];
}

/** Throws {@link SourceError} when the version is another one than 4. */
export function worldFromStateFile(document: JsonObject, at: Instant): World {
  if (document['version'] !== 4) {
    throw new SourceError(
      `the Terraform state has version ${brief(document['version'])}; only version 4 is read: let Terraform 0.12 or later upgrade it, or pass what 'terraform show -json' prints`,
    );
  }
  const found: Found = { resources: [], unread: [] };
  for (const resource of objectsOf(document['resources'])) readRaw(resource, found);
  return assembleWorld(found.resources, at, found.unread);
}

/** Throws {@link SourceError} when the format has another major version than 1. */
export function worldFromShownState(document: JsonObject, at: Instant): World {
  requireMajor(document['format_version'], 'state', '1');
  const found: Found = { resources: [], unread: [] };
  readModule(objectOf(member(document['values'], 'root_module')), found);
  return assembleWorld(found.resources, at, found.unread);
}

/** The resources of a module and of the modules below it. */
function readModule(module: JsonObject, found: Found): void {
  for (const resource of objectsOf(module['resources'])) readShown(resource, found);
  for (const child of objectsOf(module['child_modules'])) readModule(child, found);
}

function readShown(resource: JsonObject, { resources, unread }: Found): void {
  const address = textOf(resource['address']) ?? '';
  const deposed = textOf(resource['deposed_key']);
  if (deposed !== undefined) {
    unread.push(leftover(address, deposed));
    return;
  }
  resources.push({
    id: address,
    address,
    ...identity(resource),
    ...knownBody(resource['values'], resource['sensitive_values']),
  });
}

function readRaw(resource: JsonObject, { resources, unread }: Found): void {
  const { mode, type, name } = identity(resource);
  const module = textOf(resource['module']);
  const prefix = `${module === undefined ? '' : `${module}.`}${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  for (const instance of objectsOf(resource['instances'])) {
    const key = instance['index_key'];
    const address = `${prefix}${formatKey(typeof key === 'string' || typeof key === 'number' ? key : undefined)}`;
    const deposed = textOf(instance['deposed']);
    if (deposed !== undefined) {
      unread.push(leftover(address, deposed));
      continue;
    }
    const sensitive = maskOf(arrayOf(instance['sensitive_attributes']));
    resources.push({
      id: address,
      address,
      mode,
      type,
      name,
      ...knownBody(instance['attributes'], sensitive),
    });
  }
}

export function identity(resource: JsonObject): Pick<SourceResource, 'mode' | 'type' | 'name'> {
  return {
    mode: resource['mode'] === 'data' ? 'data' : 'managed',
    type: textOf(resource['type']) ?? '',
    name: textOf(resource['name']) ?? '',
  };
}

/** An object that a replacement has left behind exists beside the resource's present one, under the same address. */
function leftover(address: string, deposed: string): Unread {
  return {
    address,
    reason: `an earlier object of it (deposed ${deposed}) still awaits deletion: what depends on it is not read`,
  };
}

/** Turns the state file's list of paths into a mask. */
function maskOf(paths: readonly Json[]): Mask {
  const mask: { [name: string]: Json } = {};
  for (const path of paths) {
    const first = arrayOf(path)[0];
    const name = textOf(member(first, 'value'));
    if (name !== undefined) mask[name] = true;
  }
  return mask;
}
