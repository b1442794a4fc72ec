/**
 * What is said of a request that fails before any rule of the service is asked. Status and plain words of each fault
 * stand here once; a dialect adds its codes, and its own words where the vendor's are known to be others.
 */
import type { Problem, RequestFault, Violation } from './errors';

type Kind = RequestFault['kind'];
type FaultOf<K extends Kind> = Extract<RequestFault, { readonly kind: K }>;

/** `name is required; the body must be object`. */
export function sentenceOf(violations: readonly Violation[]): string {
  return violations.map(({ path, rule }) => `${path === '' ? 'the body' : path} ${rule}`).join('; ');
}

const violated = ({ violations }: { readonly violations: readonly Violation[] }): string =>
  sentenceOf(violations);

interface Plain<K extends Kind> {
  readonly status: number;
  readonly words: (fault: FaultOf<K>) => string;
}

const plain: { readonly [K in Kind]: Plain<K> } = {
  'body-malformed': { status: 400, words: ({ detail }) => detail },
  'body-missing': { status: 400, words: () => 'a JSON body is required' },
  'body-too-large': { status: 413, words: ({ limit }) => `the body is larger than ${limit} bytes` },
  'body-invalid': { status: 400, words: violated },
  'parameter-invalid': { status: 400, words: violated },
  'header-invalid': { status: 400, words: violated },
  'not-emulated': {
    status: 501,
    words: ({ operation }) => `${operation} is not emulated by this platform`,
  },
  unauthenticated: { status: 401, words: ({ reason }) => `the bearer token is ${reason}` },
  forbidden: { status: 403, words: ({ role, action }) => `${action} needs the role ${role}` },
  conflict: {
    status: 409,
    words: () => 'another request changed the same thing at the same time; try again',
  },
  internal: { status: 500, words: () => 'the platform failed; its log says why' },
};

/** A problem whose status and message are the plain ones unless it says otherwise. */
export type Said = Partial<Problem> & Pick<Problem, 'code'>;

/** What a dialect makes of a fault: a code with the plain words, or an answer made of the fault and those words. */
export type DialectFaults = {
  readonly [K in Kind]: string | Said | ((fault: FaultOf<K>, words: string) => Said);
};

/** The `problemOf` of a dialect. */
export function problemsOf(dialect: DialectFaults): (fault: RequestFault) => Problem {
  function problem<K extends Kind>(kind: K, fault: FaultOf<K>): Problem {
    const { status, words } = plain[kind];
    const message = words(fault);
    const said = dialect[kind];
    if (typeof said === 'string') return { status, code: said, message };
    return { status, message, ...(typeof said === 'function' ? said(fault, message) : said) };
  }
  return (fault) => problem(fault.kind, fault);
}

/** How the dialects of IBM Cloud's platform services, whose shape is inferred, speak of what is nobody's fault. */
export const platformServices = {
  conflict: { code: 'conflict', message: 'Another request changed the same thing.' },
  internal: { code: 'internal_error', message: 'The request could not be served.' },
} as const satisfies Partial<DialectFaults>;

/** The words as a sentence of their own begins. */
export function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
