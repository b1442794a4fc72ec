/** Statements about synthesized stacks, for unit tests that need no Terraform. */
export {
  assertMatch,
  type ExpectedAuthorization,
  type ExpectedLock,
  type KeyquakeMatchers,
  type MatchResult,
  matchers,
} from './matchers';
export { type ResourceArguments, SynthesizedStack, synthesized } from './synthesized-stack';
