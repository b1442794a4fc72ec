/** What a Secrets Manager instance with a customer-managed root key needs. Source: behaviour.md B3. */

export type Prerequisite = 'key-instance' | 'root-key' | 'authorization' | 'same-region';

export interface PrerequisiteFacts {
  readonly keyInstanceExists: boolean;
  /** The key exists in that instance, is a root key and active. */
  readonly rootKeyUsable: boolean;
  /** Secrets Manager → that KMS instance with role Reader. */
  readonly authorized: boolean;
  readonly region: string;
  readonly keyRegion: string;
}

/** Those that are missing, in the order in which they have to be provided; none when the instance can be created. */
export function missingPrerequisites(facts: PrerequisiteFacts): readonly Prerequisite[] {
  const provided: Readonly<Record<Prerequisite, boolean>> = {
    'key-instance': facts.keyInstanceExists,
    'root-key': facts.rootKeyUsable,
    authorization: facts.authorized,
    'same-region': facts.region === facts.keyRegion,
  };
  return (Object.keys(provided) as Prerequisite[]).filter((prerequisite) => !provided[prerequisite]);
}
