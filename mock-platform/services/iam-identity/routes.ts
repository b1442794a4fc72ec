/** IAM Identity: the token endpoint. (ibm-control-plane.md 1.2) */
import { operationWithForm, type Service } from '../../kernel/operation';
import { identityDialect } from './errors';
import type { TokenRequest } from './gen/token-request';
import { getToken } from './handlers';
import tokenSchema from './schema/token.json';
import tokenRequestSchema from './schema/token-request.json';
import { unemulated } from './unemulated';

const token = {
  method: 'POST',
  access: 'public',
  schema: tokenRequestSchema,
  response: tokenSchema,
  handle: getToken,
} as const;

export const iamIdentity: Service = {
  name: 'iam-identity',
  title: 'IAM Identity Services',
  dialect: identityDialect,
  hosts: [/^(private\.)?iam\.cloud\.ibm\.com$/],
  paths: [/^\/(identity|oidc)(\/|$)/, /^\/v1\/(apikeys|serviceids|serviceid_groups|profiles)(\/|$)/],
  operations: [
    operationWithForm<TokenRequest>({ ...token, operation: 'getToken', path: '/identity/token' }),
    operationWithForm<TokenRequest>({ ...token, operation: 'getTokenByOidcPath', path: '/oidc/token' }),
  ],
  unemulated,
};
