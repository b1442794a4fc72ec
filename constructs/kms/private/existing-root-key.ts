import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { isKeyCrn, tryParseCrn } from '../../../domain/crn';
import { ConstructError } from '../../construct-error';
import { literal, quoted } from '../../private/text';
import {
  ExistingKeyManagementInstance,
  type IKeyManagementInstance,
  type KeyManagementService,
} from '../key-management-instance';
import type { RootKeyAttributes } from '../root-key';
import { RootKeyBase } from '../root-key-base';

/** A key of which everything is said. */
export class DescribedRootKey extends RootKeyBase {
  readonly keyId: string;
  readonly keyCrn: string;
  readonly keyInstance: IKeyManagementInstance;
  readonly imported: boolean | undefined;

  constructor(scope: Construct, id: string, attributes: RootKeyAttributes) {
    super(scope, id);
    this.check(attributes);
    this.keyId = attributes.keyId;
    this.keyCrn = attributes.keyCrn;
    this.keyInstance = attributes.instance;
    this.imported = attributes.imported;
  }

  /** The CRN has to say what the other attributes say, as far as all of them are known. */
  private check({ keyCrn, keyId, instance }: RootKeyAttributes): void {
    const text = literal(keyCrn);
    const crn = text === undefined ? undefined : tryParseCrn(text);
    if (crn === undefined) return;
    const told = [
      ['keyId', literal(keyId), crn.resource],
      ['instance', literal(instance.instanceGuid), crn.serviceInstance],
      ['instance', instance.serviceName, crn.serviceName],
    ] as const;
    for (const [property, given, named] of told) {
      if (given === undefined || given === named) continue;
      throw new ConstructError(
        this,
        `${property} is ${quoted(given)}, but keyCrn names ${quoted(named)}`,
        'give the attributes of one key, or RootKey.fromRootKeyCrn its CRN',
      );
    }
  }
}

/** A key of which the CRN says everything. */
export class RootKeyOfCrn extends RootKeyBase {
  readonly keyId: string;
  readonly keyInstance: IKeyManagementInstance;
  readonly imported = undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly keyCrn: string,
  ) {
    super(scope, id);
    const { serviceName, serviceInstance, location, resource } = this.parse();
    this.keyId = resource;
    this.keyInstance = new ExistingKeyManagementInstance(
      this,
      'Instance',
      serviceName as KeyManagementService,
      {
        instanceGuid: serviceInstance,
        location,
      },
    );
  }

  private parse() {
    if (Token.isUnresolved(this.keyCrn)) {
      throw new ConstructError(
        this,
        'keyCrn is a CRN that only Terraform knows, so its service cannot be read from it here',
        'use RootKey.fromRootKeyAttributes, which takes the instance',
      );
    }
    const crn = tryParseCrn(this.keyCrn);
    if (crn === undefined || !isKeyCrn(crn) || crn.serviceInstance === '') {
      throw new ConstructError(
        this,
        `keyCrn ${quoted(this.keyCrn)} is not the CRN of a root key`,
        'give one like crn:v1:bluemix:public:kms:us-south:a/{account}:{guid}:key:{key id}',
      );
    }
    return crn;
  }
}
