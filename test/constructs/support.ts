/** Stacks for the tests of the constructs: one app each, with the vendor's provider in place. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { IbmProvider, KeyProtectInstance, type KeyProtectInstanceProps } from '../../constructs';
import {
  type KeyquakeMatchers,
  matchers,
  type SynthesizedStack,
  synthesized,
} from '../../constructs/testing';

expect.extend(matchers);

declare global {
  namespace jest {
    interface Matchers<R> extends KeyquakeMatchers<R> {}
  }
}

const outdir = mkdtempSync(join(tmpdir(), 'keyquake-constructs-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

export function newApp(): App {
  return new App({ outdir, stackTraces: false });
}

export function newStack(app: App = newApp(), id = 'stack'): TerraformStack {
  const stack = new TerraformStack(app, id);
  new IbmProvider(stack, 'ibm', { region: 'us-south' });
  return stack;
}

/** The synthesized form of a stack named `stack` that `define` has filled. */
export function synthesize(define: (stack: TerraformStack) => void): SynthesizedStack {
  const stack = newStack();
  define(stack);
  return synthesized(stack);
}

/** The message of the error that filling a stack ends in. */
export function refusal(define: (stack: TerraformStack) => void): string {
  try {
    synthesize(define);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

export function keyProtect(
  stack: TerraformStack,
  props: Partial<KeyProtectInstanceProps> = {},
): KeyProtectInstance {
  return new KeyProtectInstance(stack, 'kms', { location: 'us-south', ...props });
}

/** How Terraform writes a reference to an attribute, such as `ibm_kms_key.key.crn`. */
export function reference(attribute: string): string {
  return `\${${attribute}}`;
}
