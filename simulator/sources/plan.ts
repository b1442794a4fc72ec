/**
 * A plan as `terraform show -json` prints it (`format_version` 1.x): the world as it will be once the plan is applied.
 * Values come from `planned_values`, data sources from `prior_state`; a value that apply decides is followed through
 * `configuration`.
 */
import type { Instant } from '../../domain/time';
import type { World } from '../../domain/world';
import { formatModules, modulesOf } from './address';
import { assembleWorld, type Unread } from './assemble';
import { SourceError } from './errors';
import { arrayOf, type JsonObject, member, objectOf, objectsOf, textOf } from './json';
import { plannedBody } from './plan/body';
import { moduleConfiguration } from './plan/configuration';
import { type InstanceKey, type Instances, inside, type Scope, trace } from './plan/scope';
import type { SourceResource } from './resource';
import { rootKeyTypes } from './resource-types/root-key';
import { identity } from './state';
import { knownBody } from './values';
import { requireMajor } from './versions';

/** Throws {@link SourceError} when the format has another major version than 1, and for a plan that failed. */
export function worldFromPlan(plan: JsonObject, at: Instant): World {
  requireMajor(plan['format_version'], 'plan', '1');
  if (plan['errored'] === true) {
    throw new SourceError(
      'the Terraform plan ended in an error, so it holds a part only; correct it and plan again',
    );
  }
  const planned = resourcesIn(objectOf(member(plan['planned_values'], 'root_module')));
  const known = new Set(planned.map(addressOf));
  const read = resourcesIn(objectOf(member(member(plan['prior_state'], 'values'), 'root_module'))).filter(
    (resource) => resource['mode'] === 'data' && !known.has(addressOf(resource)),
  );
  const changes = new Map(
    objectsOf(plan['resource_changes'])
      .filter((change) => change['deposed'] === undefined)
      .map((change) => [addressOf(change), objectOf(change['change'])]),
  );
  const root: Scope = {
    configuration: moduleConfiguration(objectOf(member(plan['configuration'], 'root_module'))),
    modules: [],
  };
  const instances = instancesOf([...planned, ...read]);
  const resources = [
    ...planned.map((resource) =>
      plannedResource(resource, changes.get(addressOf(resource)), root, instances),
    ),
    ...read.map(readResource),
  ];
  return assembleWorld(resources, at, [...incompleteness(plan), ...deletedKeys(plan)]);
}

/** A plan with `-target`, or one that puts changes off. */
function incompleteness(plan: JsonObject): readonly Unread[] {
  if (plan['complete'] !== false) return [];
  return [{ address: 'plan', reason: 'it is not complete: what it leaves out or puts off is not read' }];
}

/** A key that the plan deletes is not in the world after it; whatever still uses it is. */
function deletedKeys(plan: JsonObject): readonly Unread[] {
  return objectsOf(plan['resource_changes'])
    .filter((change) => change['deposed'] === undefined && Object.hasOwn(rootKeyTypes, identity(change).type))
    .filter((change) => {
      const actions = arrayOf(member(change['change'], 'actions'));
      return actions.includes('delete') && !actions.includes('create');
    })
    .map((change) => ({
      address: addressOf(change),
      reason: 'the plan deletes this key: ask the state what its force-delete breaks',
    }));
}

function resourcesIn(module: JsonObject): readonly JsonObject[] {
  return [...objectsOf(module['resources']), ...objectsOf(module['child_modules']).flatMap(resourcesIn)];
}

function addressOf(resource: JsonObject): string {
  return textOf(resource['address']) ?? '';
}

function keyOf(resource: JsonObject): InstanceKey {
  const index = resource['index'];
  return typeof index === 'string' || typeof index === 'number' ? index : undefined;
}

function plannedResource(
  resource: JsonObject,
  change: JsonObject | undefined,
  root: Scope,
  instances: Instances,
): SourceResource {
  const address = addressOf(resource);
  const scope = scopeOf(root, moduleAddressOf(resource));
  const { mode, type, name } = identity(resource);
  const configuration = scope?.configuration.resources.get(
    `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
  );
  const own = scope && { ...scope, key: keyOf(resource), forEach: configuration?.forEach };
  return {
    id: address,
    address,
    mode,
    type,
    name,
    ...plannedBody({
      values: resource['values'],
      unknown: change?.['after_unknown'],
      sensitive: resource['sensitive_values'],
      expressions: configuration?.expressions,
      trace: (expression) => (own ? trace(expression, own, instances) : { origins: [], problems: [] }),
    }),
  };
}

/** The address of the module that a resource is in: its own address without what names it in the module. */
function moduleAddressOf(resource: JsonObject): string {
  const { mode, type, name } = identity(resource);
  const address = addressOf(resource);
  const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const at = address.startsWith(local) ? 0 : address.lastIndexOf(`.${local}`);
  return address.slice(0, Math.max(at, 0));
}

function scopeOf(root: Scope, moduleAddress: string): Scope | undefined {
  return modulesOf(moduleAddress).reduce<Scope | undefined>((scope, { name, key }) => {
    const call = scope?.configuration.calls.get(name);
    return scope && call && inside(scope, name, call, key);
  }, root);
}

/** Which instances there are of every resource and of every module call. */
function instancesOf(resources: readonly JsonObject[]): Instances {
  const instances = new Map<string, Set<InstanceKey>>();
  const add = (address: string, key: InstanceKey): void => {
    instances.set(address, (instances.get(address) ?? new Set()).add(key));
  };
  for (const resource of resources) {
    const { mode, type, name } = identity(resource);
    const modules = modulesOf(moduleAddressOf(resource));
    for (const [depth, step] of modules.entries()) {
      add(`${formatModules(modules.slice(0, depth))}module.${step.name}`, step.key);
    }
    add(`${formatModules(modules)}${mode === 'data' ? 'data.' : ''}${type}.${name}`, keyOf(resource));
  }
  return instances;
}

function readResource(resource: JsonObject): SourceResource {
  const address = addressOf(resource);
  return {
    id: address,
    address,
    ...identity(resource),
    ...knownBody(resource['values'], resource['sensitive_values']),
  };
}
