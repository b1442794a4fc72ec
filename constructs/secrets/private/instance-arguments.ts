import type { ISecretsManagerInstance } from '../secrets-manager-instance';

/** The arguments by which every resource of Secrets Manager finds its instance. */
export function instanceArguments(instance: ISecretsManagerInstance): {
  readonly instanceId: string;
  readonly region: string | undefined;
  readonly endpointType: string | undefined;
} {
  return {
    instanceId: instance.instanceGuid,
    region: instance.location,
    endpointType: instance.endpointType === 'private' ? 'private' : undefined,
  };
}
