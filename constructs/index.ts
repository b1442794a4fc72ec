/** Constructs for root keys, secrets, locks, authorizations and what is encrypted. */
export { type Annotation, annotationsOf } from './annotations';
export { IbmProvider } from './bindings/ibm/provider';
export { KeyquakeProvider } from './bindings/keyquake/provider';
export { ConstructError } from './construct-error';
export * from './iam';
export * from './kms';
export { RemovalPolicy } from './removal-policy';
export * from './resources';
export * from './secrets';
export * from './vpc';
