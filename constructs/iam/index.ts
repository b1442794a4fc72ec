export type { KeyConsumer } from '../../domain/iam/consumers';
export { AccountWide } from './account-wide';
export type { IKeyConsumer } from './key-consumer';
export { ServiceAuthorization, type ServiceAuthorizationProps } from './service-authorization';
