import { Construct } from 'constructs';
import {
  DataKeyquakeKeyRegistrations,
  type DataKeyquakeKeyRegistrationsRegistrationsList,
} from '../bindings/keyquake/data-keyquake-key-registrations';
import { needsKeyquakeProvider } from '../private/keyquake-provider';
import type { IRootKey } from './root-key-base';

/** Which of the registrations of a key are asked for. */
export interface RegistrationFilter {
  /**
   * CRN of the registered resource, in which `*` stands for any run of characters.
   * @default - every resource
   */
  readonly resourceCrn?: string;

  /**
   * Only registrations that forbid the deletion of the key, even a forced one (`true`), or only the others (`false`).
   * @default - both
   */
  readonly preventKeyDeletion?: boolean;
}

export interface KeyRegistrationsProps extends RegistrationFilter {
  /** Key of which the registrations are asked. */
  readonly key: IRootKey;
}

/**
 * What a key protects (`keyquake_key_registrations`; behaviour.md A2), as the service has it when Terraform plans: what
 * the same run is about to encrypt is not among it. Reading fails for a key that does not exist or is destroyed.
 */
export class KeyRegistrations extends Construct {
  /** The Terraform data source, for what this class does not offer. */
  readonly resource: DataKeyquakeKeyRegistrations;
  /** How many registrations there are. */
  readonly total: number;
  /** The registrations, in the order of the service. */
  readonly registrations: DataKeyquakeKeyRegistrationsRegistrationsList;

  constructor(scope: Construct, id: string, props: KeyRegistrationsProps) {
    super(scope, id);
    const { key, resourceCrn, preventKeyDeletion } = props;
    needsKeyquakeProvider(this);
    this.resource = new DataKeyquakeKeyRegistrations(this, 'Default', {
      keyCrn: key.keyCrn,
      resourceCrn,
      preventKeyDeletion,
    });
    this.total = this.resource.total;
    this.registrations = this.resource.registrations;
  }
}
