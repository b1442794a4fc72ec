/**
 * Statements about a synthesized stack in the words of its field. Each answers what `expect.extend` of Jest and of
 * Vitest takes; {@link assertMatch} is for runners without `expect`.
 */
import { type Severity, severities } from '../../simulator';
import { type StackQuestion, simulateSynthesized } from './simulate-stack';
import type { ResourceArguments, SynthesizedStack } from './synthesized-stack';

export interface MatchResult {
  /** Whether the statement holds. */
  readonly pass: boolean;
  /** What to tell when the statement does not hold, or holds although it should not. */
  message(): string;
}

export interface ExpectedAuthorization {
  /** Service that acts, such as `server-protect`. */
  readonly sourceService: string;
  /** Address or GUID of the instance that is opened, or the name of a service for every instance of it. */
  readonly target: string;
  /** Display names of the roles, in any order. */
  readonly roles: readonly string[];
}

export interface ExpectedLock {
  /** What the lock's attribute `consumer` holds, or the address of the resource that it refers to. */
  readonly consumer: string;
}

/** Whether exactly one policy lets the source use the target with those roles. */
function toAuthorize(stack: SynthesizedStack, expected: ExpectedAuthorization): MatchResult {
  const policies = stack.addresses('ibm_iam_authorization_policy').map((address) => stack.resource(address));
  const matching = policies.filter((policy) => authorizes(policy, expected));
  const { sourceService, target, roles } = expected;
  return result(
    matching.length === 1,
    `${stack.name} authorizes '${sourceService}' on ${target} as ${roles.join(', ')} in exactly one policy`,
    `it has ${matching.length} of that kind among ${policies.length}`,
  );
}

function authorizes(policy: ResourceArguments, expected: ExpectedAuthorization): boolean {
  const instance = policy['target_resource_instance_id'];
  const roles = policy['roles'] as readonly string[];
  return (
    policy['source_service_name'] === expected.sourceService &&
    (instance === undefined
      ? policy['target_service_name'] === expected.target
      : instance === expected.target || refersTo(instance, expected.target)) &&
    [...roles].sort().join() === [...expected.roles].sort().join()
  );
}

/** Whether the resource is encrypted with the key at that address. */
function toEncrypt(stack: SynthesizedStack, address: string, key: string): MatchResult {
  const { encryption_key: direct, parameters } = stack.resource(address);
  const named = direct ?? (parameters as ResourceArguments | undefined)?.['kms_key'];
  return result(
    refersTo(named, key),
    `${address} is encrypted with ${key}`,
    `its key is ${JSON.stringify(named) ?? 'none of its own'}`,
  );
}

/** Whether Terraform creates the resource after the other one, and destroys it before that. */
function toCreateAfter(stack: SynthesizedStack, address: string, prerequisite: string): MatchResult {
  const prerequisites = stack.prerequisites(address);
  return result(
    prerequisites.has(prerequisite),
    `${address} is created after ${prerequisite}`,
    `it waits for ${[...prerequisites].sort().join(', ') || 'nothing'}`,
  );
}

/** Whether Terraform refuses to destroy the resource. */
function toProtect(stack: SynthesizedStack, address: string): MatchResult {
  const lifecycle = stack.resource(address)['lifecycle'] as ResourceArguments | undefined;
  return result(
    lifecycle?.['prevent_destroy'] === true,
    `${address} is protected from being destroyed`,
    `its lifecycle is ${JSON.stringify(lifecycle) ?? 'the default'}`,
  );
}

/** Whether a lock on the secret names that consumer. */
function toLock(stack: SynthesizedStack, secret: string, { consumer }: ExpectedLock): MatchResult {
  const locks = stack
    .addresses('keyquake_secret_lock')
    .map((address) => stack.resource(address))
    .filter((lock) => refersTo(lock['secret_id'], secret));
  const consumers = locks.map((lock) => (lock['attributes'] as ResourceArguments)['consumer']);
  return result(
    consumers.some((named) => named === consumer || refersTo(named, consumer)),
    `${secret} is locked by ${consumer}`,
    `its locks name ${consumers.join(', ') || 'nobody'}`,
  );
}

/** Whether the text stands in what is written to disk: `not.toMention(canary)`. The text is not repeated. */
function toMention(stack: SynthesizedStack, text: string): MatchResult {
  const mentions = stack.mentions(text);
  return result(mentions, `${stack.name} mentions the text`, mentions ? 'it does' : 'it does not');
}

/** Whether a construct at the path warns with a message that holds the text. */
function toWarn(stack: SynthesizedStack, path: string, text: string): MatchResult {
  const warnings = stack.annotations.filter(({ level }) => level === 'warning');
  return result(
    warnings.some((warning) => warning.path === path && warning.message.includes(text)),
    `${path} warns of '${text}'`,
    `the warnings are ${warnings.map((warning) => `${warning.path}: ${warning.message}`).join(' | ') || 'none'}`,
  );
}

/**
 * Whether nothing in the stack is harmed beyond a degree when the action is done: at most `latent` means that nothing
 * stops now. A resource that the simulator could not place counts as harmed.
 */
function toSurvive(stack: SynthesizedStack, question: StackQuestion, atMost: Severity = 'safe'): MatchResult {
  const { findings, unmapped } = simulateSynthesized([stack], question);
  const harmed = findings.filter(({ severity }) => severities.indexOf(severity) < severities.indexOf(atMost));
  const unplaced = unmapped.filter(({ address }) => stack.addresses().includes(address));
  const reasons = [
    ...harmed.map(({ id, severity, before, after }) => `${id}: ${severity} (${before} → ${after})`),
    ...unplaced.map(({ address, reason }) => `${address}: unknown (${reason})`),
  ];
  const limit = atMost === 'safe' ? 'unharmed' : `with nothing worse than ${atMost}`;
  return result(
    reasons.length === 0,
    `${stack.name} survives ${question.action} of ${question.to} ${limit}`,
    reasons.join(', ') || 'it does',
  );
}

export const matchers = {
  toAuthorize,
  toEncrypt,
  toCreateAfter,
  toProtect,
  toLock,
  toMention,
  toWarn,
  toSurvive,
};

type Statements = typeof matchers;

/** The matchers as members of an `expect` object, for the declaration that makes a runner's `expect` know them. */
export type KeyquakeMatchers<R> = {
  readonly [Name in keyof Statements]: Statements[Name] extends (
    stack: SynthesizedStack,
    ...expected: infer Expected
  ) => MatchResult
    ? (...expected: Expected) => R
    : never;
};

/** Throws the message of a statement that does not hold. */
export function assertMatch({ pass, message }: MatchResult): void {
  if (!pass) throw new Error(message());
}

function result(pass: boolean, statement: string, found: string): MatchResult {
  return { pass, message: () => `expected${pass ? ' not' : ''}: ${statement}; ${found}` };
}

/** Whether a value is a reference to an attribute of the resource at that address. */
function refersTo(value: unknown, address: string): boolean {
  return typeof value === 'string' && value.startsWith(`\${${address}.`);
}
