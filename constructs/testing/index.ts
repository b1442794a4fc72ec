/** Statements about synthesized stacks and simulations of them, for unit tests that need no Terraform. */
export {
  assertMatch,
  type ExpectedAuthorization,
  type ExpectedLock,
  type KeyquakeMatchers,
  type MatchResult,
  matchers,
} from './matchers';
export { type StackQuestion, simulateStack } from './simulate-stack';
export { type ResourceArguments, SynthesizedStack, synthesized } from './synthesized-stack';
