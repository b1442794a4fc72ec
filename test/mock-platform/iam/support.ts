/** Bodies and calls of policy management, for its tests. Shapes of ibm-control-plane.md 6.3.2. */
import type { Reply } from '../../support/platform';

/** The account of a platform that was told none. */
export const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

export const role = (name: string): string => `crn:v1:bluemix:public:iam::::role:${name}`;
export const serviceRole = (name: string): string => `crn:v1:bluemix:public:iam::::serviceRole:${name}`;
export const reader = serviceRole('Reader');

type Value = string | boolean | readonly string[];

/** `stringEquals`, or `stringExists` for a boolean and `stringEqualsAnyOf` for a list. */
export function attributesOf(values: Record<string, Value | undefined>): object[] {
  return Object.entries(values).flatMap(([key, value]): object[] => {
    if (value === undefined) return [];
    if (typeof value === 'boolean') return [{ key, operator: 'stringExists', value }];
    return [{ key, operator: Array.isArray(value) ? 'stringEqualsAnyOf' : 'stringEquals', value }];
  });
}

export interface AuthorizationSettings {
  readonly subject?: Record<string, Value | undefined>;
  readonly resource?: Record<string, Value | undefined>;
  readonly roles?: readonly string[];
  readonly description?: string;
}

/** Version 2 body; unless told otherwise block storage may read the keys of every Key Protect instance. */
export function authorizationV2({
  subject,
  resource,
  roles = [reader],
  description,
}: AuthorizationSettings = {}) {
  return {
    type: 'authorization',
    ...(description === undefined ? {} : { description }),
    control: { grant: { roles: roles.map((role_id) => ({ role_id })) } },
    subject: { attributes: attributesOf({ serviceName: 'server-protect', accountId: account, ...subject }) },
    resource: { attributes: attributesOf({ serviceName: 'kms', accountId: account, ...resource }) },
  };
}

interface NamedValue {
  readonly key: string;
  readonly value: string;
  readonly operator: string;
}

/** The same in version 1. */
export function authorizationV1(settings: AuthorizationSettings = {}) {
  const { control, subject, resource, ...rest } = authorizationV2(settings);
  return {
    ...rest,
    subjects: [
      { attributes: (subject.attributes as NamedValue[]).map(({ key, value }) => ({ name: key, value })) },
    ],
    roles: control.grant.roles,
    resources: [
      {
        attributes: (resource.attributes as NamedValue[]).map(({ key, value, operator }) => ({
          name: key,
          value,
          operator,
        })),
      },
    ],
  };
}

export interface AccessSettings {
  readonly subject?: Record<string, Value>;
  readonly resource?: Record<string, Value | undefined>;
  readonly roles?: readonly string[];
}

/** Version 2 body that lets Anna view everything. */
export function accessV2({
  subject = { iam_id: 'IBMid-anna' },
  resource = { serviceType: 'service' },
  roles = [role('Viewer')],
}: AccessSettings = {}) {
  return {
    type: 'access',
    control: { grant: { roles: roles.map((role_id) => ({ role_id })) } },
    subject: { attributes: attributesOf(subject) },
    resource: { attributes: attributesOf({ accountId: account, ...resource }) },
  };
}

/** Status, code and message of a refusal. */
export function refusalOf({ status, body }: Reply): readonly [number, string, string] {
  return [status, body.errors[0].code, body.errors[0].message];
}
