import type { TerraformElement } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { authorizeKeyConsumer, type IKeyConsumer } from '../iam/key-consumer';
import type { ServiceAuthorization } from '../iam/service-authorization';
import { orderAfter } from '../private/order';
import type { IKeyManagementInstance } from './key-management-instance';
import { KeyRegistrations } from './key-registrations';

/** A root key, of this stack or from elsewhere. */
export interface IRootKey extends IConstruct {
  /** Id of the key. */
  readonly keyId: string;
  /** CRN of the key: what encrypted resources name. */
  readonly keyCrn: string;
  /** Instance that holds the key. */
  readonly keyInstance: IKeyManagementInstance;
  /** Whether the material is the user's own instead of the service's; undefined when that is not known here. */
  readonly imported: boolean | undefined;

  /**
   * Lets the service behind a resource use the key, and makes the resource wait for that: it is created after the
   * authorization and destroyed before it. Answers the authorization; undefined when the instance's authorizations
   * are not managed here. The constructs of this library that take a key call it themselves.
   */
  grantEncrypt(consumer: IKeyConsumer): ServiceAuthorization | undefined;

  /**
   * What the key protects when Terraform plans, read beside the key; the same construct each time. `KeyRegistrations`
   * reads it elsewhere, or a part of it.
   */
  registrations(): KeyRegistrations;
}

/** What every root key can do, whoever owns it. */
export abstract class RootKeyBase extends Construct implements IRootKey {
  abstract readonly keyId: string;
  abstract readonly keyCrn: string;
  abstract readonly keyInstance: IKeyManagementInstance;
  abstract readonly imported: boolean | undefined;

  /** What has to be in place before something is encrypted with the key. */
  protected readonly prerequisites: TerraformElement[] = [];

  #registrations: KeyRegistrations | undefined;

  grantEncrypt(consumer: IKeyConsumer): ServiceAuthorization | undefined {
    const { managesAuthorizations } = this.keyInstance;
    const authorization = managesAuthorizations
      ? authorizeKeyConsumer(consumer.keyConsumer, this.keyInstance)
      : undefined;
    orderAfter(consumer.resource, [
      ...(authorization ? [authorization.resource] : []),
      ...this.prerequisites,
    ]);
    return authorization;
  }

  registrations(): KeyRegistrations {
    this.#registrations ??= new KeyRegistrations(this, 'Registrations', { key: this });
    return this.#registrations;
  }
}
