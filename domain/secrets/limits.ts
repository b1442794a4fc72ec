/** Limits of Secrets Manager. Source: ibm-control-plane.md 6.2.8, 6.2.6, 6.2.1, 6.2.4. */
import { type Duration, day, minute } from '../time';

export interface LengthLimit {
  readonly min: number;
  readonly max: number;
}

export const kibibyte = 1024;
export const mebibyte = 1024 * kibibyte;

export const secretLimits = {
  /** Letters, digits, `-`, `.`, `_`; first and last alphanumeric; unique per type and instance. */
  name: { min: 2, max: 256 },
  description: { min: 2, max: 1024 },
  labels: 30,
  label: { min: 2, max: 64 },
  username: { min: 2, max: 64 },
  password: { min: 6, max: 256 },
  /** Bytes. */
  payload: { arbitrary: mebibyte, kv: 512 * kibibyte, certificate: 100 * kibibyte },
  /** Bytes, of `custom_metadata` and of `version_custom_metadata`. */
  customMetadata: 10 * kibibyte,
  /** Versions of which metadata is kept. Data is kept of the current and the previous one only. */
  versions: 50,
  iamCredentialsTtl: { min: minute as Duration, max: 90 * day },
  accessGroups: { min: 1, max: 10 },
} as const;

export const secretNamePattern = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

export const secretGroupLimits = {
  perInstance: 200,
  name: { min: 2, max: 64 },
  description: { min: 0, max: 1024 },
} as const;

/** As the vendor's provider checks it (ibm-control-plane.md 5.1). */
export const secretGroupNamePattern = /^[A-Za-z0-9][A-Za-z0-9]*(?:_*-*\.*[A-Za-z0-9]+)*$/;

export const lockLimits = {
  /** Over all versions of a secret. */
  perSecret: 1000,
  /** Inferred: the sources state none. */
  name: { min: 2, max: 256 },
  /** Inferred. */
  description: { min: 0, max: 1024 },
  /** Bytes of JSON; inferred. */
  attributes: 10 * kibibyte,
} as const;

export const configurationLimits = {
  public_cert_configuration_ca: 10,
  public_cert_configuration_dns: 10,
  private_cert_configuration_root_ca: 10,
  private_cert_configuration_intermediate_ca: 10,
  private_cert_configuration_template: 10,
  custom_credentials_configuration: 10,
  iam_credentials_configuration: 1,
} as const;

export const secretListLimits = { default: 200, max: 1000 } as const;
/** `GET /secrets/{id}/locks` answers fewer by default than the other lists. */
export const lockListLimits = { default: 25, max: 1000 } as const;
