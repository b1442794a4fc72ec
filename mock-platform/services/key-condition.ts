/** What the condition of a root key means for whoever depends on it, in plain words for refusals. */
import type { Condition } from '../../domain/effects';
import type { Explanation } from '../../domain/keys/refusals';

/** Why something encrypted with the key cannot be used, and the way back. (behaviour.md A1, A3; ibm-vpc.md 4.6, 4.7) */
const explanations: Record<Condition, (keyCrn: string, sourceService: string) => Explanation> = {
  usable: (key) => ({ cause: `the root key ${key} is usable`, remedy: 'none is needed' }),
  suspended: (key) => ({ cause: `the root key ${key} is disabled`, remedy: 'enable the root key' }),
  deactivated: (key) => ({
    cause: `the root key ${key} has expired; it still decrypts, and encrypts nothing new`,
    remedy: 'use another root key for what is new',
  }),
  destroyed: (key) => ({
    cause: `the root key ${key} has been deleted`,
    remedy: 'restore the root key within 30 days of its deletion, if its material was imported',
  }),
  purged: (key) => ({
    cause: `the root key ${key} is gone for good, and with it what it encrypted`,
    remedy: 'none: create the resource anew with another root key',
  }),
  unauthorized: (key, sourceService) => ({
    cause: `no authorization lets ${sourceService} use the root key ${key}`,
    remedy: `create one: source ${sourceService}, target the key's instance, role Reader`,
  }),
};

export function explainCondition(condition: Condition, keyCrn: string, sourceService: string): Explanation {
  return explanations[condition](keyCrn, sourceService);
}
