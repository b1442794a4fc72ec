/**
 * Which keys of an instance a list shows, and in what order: `state`, `extractable`, `search`, `filter`, `sort`
 * (ibm-control-plane.md 6.1.2; Key Protect `view-keys.md`; the description of `getKeys` in the vendor's Node client 0.4 for
 * lookups, letter case, the standard order and what `filter` takes).
 */
import { permits } from '../../../domain/keys/operations';
import { keyStateNumber, keyStateOf } from '../../../domain/keys/states';
import { keyLimits } from '../../../domain/limits';
import { type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { invalidQuery, searchTooBroad } from './errors';
import { stateAt } from './keys';
import type { KeyDocument } from './model';

/** A key with what the rules of lists look at. */
export interface Listed {
  readonly key: KeyDocument;
  /** The number on the wire. */
  readonly state: number;
  readonly aliases: readonly string[];
}

export function listed(session: Session, key: KeyDocument, aliases: readonly string[]): Listed {
  const state = stateAt(key, session.now);
  return { key, state: keyStateNumber(state === 'purged' ? 'destroyed' : state), aliases };
}

type Test = (entry: Listed) => boolean;

export interface Selection {
  readonly entries: readonly Listed[];
  /** Only one key was looked up: there are too many to search all of them. */
  readonly incompleteSearch: boolean;
}

/** The keys that the query asks for. */
export function selected(entries: readonly Listed[], query: URLSearchParams): Selection {
  const filters = parseFilter(query);
  const agrees: Test = (entry) => filters.every(({ test }) => test(entry));
  const [ofState, ofKind] = [stateTest(query, filters), extractableTest(query)];
  const space = entries.filter((entry) => ofState(entry) && ofKind(entry));
  const order = query.get('sort') || standardOrder;
  const search = query.get('search') ?? '';
  if (search === '') return { entries: sorted(space.filter(agrees), order), incompleteSearch: false };
  const terms = searchTerms(search);
  const exact = lookedUp(space, terms);
  const incompleteSearch = space.length > keyLimits.list.max;
  if (incompleteSearch && exact === undefined) throw searchTooBroad(space.length, keyLimits.list.max);
  const found = incompleteSearch ? [] : space.filter(searchTest(terms)).filter((entry) => entry !== exact);
  return {
    entries: [...(exact && agrees(exact) ? [exact] : []), ...sorted(found.filter(agrees), order)],
    incompleteSearch,
  };
}

/** Without a word on states, those that a plain list shows. */
function stateTest(query: URLSearchParams, filters: readonly Filter[]): Test {
  const wanted = query.get('state');
  if (wanted !== null) {
    const states = stateNumbers(wanted);
    if (states === undefined) throw invalidQuery('state', 'must hold 0, 1, 2, 3 or 5, separated by commas');
    return ({ state }) => states.includes(state);
  }
  if (filters.some(({ property }) => property === 'state')) return () => true;
  return ({ state }) => permits(keyStateOf(state) ?? 'destroyed', 'list');
}

/** Numbers of states, separated by commas and nothing else. */
function stateNumbers(text: string): number[] | undefined {
  return /^[01235](,[01235])*$/.test(text) ? text.split(',').map(Number) : undefined;
}

function extractableTest(query: URLSearchParams): Test {
  const wanted = query.get('extractable');
  return ({ key }) => wanted === null || key.extractable === (wanted === 'true');
}

interface SearchTerms {
  readonly negated: boolean;
  readonly exact: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly text: string;
}

/**
 * `not:`, `exact:`, `alias:`, `name:` before the text; `escape:` ends them, and `not:` counts before `exact:` only
 * (`view-keys.md`; the Node client says that it counts after it too).
 */
function searchTerms(query: string): SearchTerms {
  const scopes = new Set<string>();
  let negated = false;
  let exact = false;
  // The Go client sends a comma after the text.
  let text = query.replace(/,$/, '');
  for (;;) {
    const [, word] = /^(not|exact|alias|name|escape):/.exec(text) ?? [];
    if (word === undefined || (word === 'not' && exact)) break;
    text = text.slice(word.length + 1);
    if (word === 'escape') break;
    if (word === 'not') negated = true;
    else if (word === 'exact') exact = true;
    else scopes.add(word);
  }
  return { negated, exact, scopes: scopes.size > 0 ? scopes : new Set(['name', 'alias']), text };
}

/** The one key that has this id, or, in the scope of aliases, this alias: it comes before all that else is found. */
function lookedUp(space: readonly Listed[], { negated, scopes, text }: SearchTerms): Listed | undefined {
  if (negated) return undefined;
  return space.find(({ key, aliases }) => key.id === text || (scopes.has('alias') && aliases.includes(text)));
}

/** Case counts for exact matches only (inferred for those). */
function searchTest({ negated, exact, scopes, text }: SearchTerms): Test {
  const part = text.toLowerCase();
  const agrees = (value: string): boolean => (exact ? value === text : value.toLowerCase().includes(part));
  return ({ key, aliases }) => {
    const found = (scopes.has('name') && agrees(key.name)) || (scopes.has('alias') && aliases.some(agrees));
    return found !== negated;
  };
}

const dates: Readonly<Record<string, (key: KeyDocument) => string | undefined>> = {
  creationDate: (key) => key.created.at,
  lastUpdateDate: (key) => key.updatedAt,
  lastRotateDate: (key) => key.rotatedAt,
  deletionDate: (key) => key.deletion?.at,
  expirationDate: (key) => key.expiresAt,
};

interface Filter {
  readonly property: string;
  readonly test: Test;
}

/** How often a property may be named. */
const termsOfProperty = 3;

/** `property=value` terms separated by spaces; all of them have to agree. */
function parseFilter(query: URLSearchParams): Filter[] {
  const terms = (query.get('filter') ?? '').split(/\s+/).filter((term) => term !== '');
  const filters = terms.map((term) => {
    const [, property = '', value = ''] = /^(\w+)=(.+)$/.exec(term) ?? [];
    return { property, test: filterTest(property, value.replaceAll('"', '')) };
  });
  for (const { property } of filters) {
    if (filters.filter((other) => other.property === property).length > termsOfProperty) {
      throw invalidQuery('filter', `must name a property ${termsOfProperty} times at most`);
    }
    if (query.has(property))
      throw invalidQuery('filter', `must not name ${property} beside the parameter ${property}`);
  }
  return filters;
}

function filterTest(property: string, value: string): Test {
  const date = dates[property];
  if (date) return dateTest(date, value);
  const wanted = /^(?:(true)|false)$/i.exec(value);
  if (property === 'extractable' && wanted) return ({ key }) => key.extractable === Boolean(wanted[1]);
  // Intents to migrate are not emulated: no key has one.
  if (property === 'hasMigrationIntent' && wanted) return () => !wanted[1];
  const states = property === 'state' ? stateNumbers(value) : undefined;
  if (states) return ({ state }) => states.includes(state);
  throw invalidQuery(
    'filter',
    'must hold terms such as state=1,2 extractable=false creationDate=gt:"2026-01-02T03:04:05Z"',
  );
}

const comparisons: Readonly<Record<string, (left: Instant, right: Instant) => boolean>> = {
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
  '': (left, right) => left === right,
};

/** Dates on the wire have whole seconds, so that is what is compared. */
const wholeSeconds = (text: string): Instant => Math.floor(parseInstant(text) / 1000);

function dateTest(date: (key: KeyDocument) => string | undefined, value: string): Test {
  if (value.toLowerCase() === 'none') return ({ key }) => date(key) === undefined;
  const [, operator = '', text = ''] = /^(?:(gte?|lte?):)?(.*)$/.exec(value) ?? [];
  const compare = comparisons[operator];
  let bound: Instant;
  try {
    bound = wholeSeconds(text);
  } catch {
    throw invalidQuery('filter', 'must compare dates with RFC 3339 text');
  }
  return ({ key }) => {
    const own = date(key);
    return own !== undefined && compare?.(wholeSeconds(own), bound) === true;
  };
}

const sortKeys: Readonly<Record<string, (entry: Listed) => string | number | undefined>> = {
  id: ({ key }) => key.id,
  state: ({ state }) => state,
  extractable: ({ key }) => Number(key.extractable),
  imported: ({ key }) => Number(key.imported),
  ...Object.fromEntries(Object.entries(dates).map(([name, date]) => [name, ({ key }: Listed) => date(key)])),
};

/** The order of a list that asks for none. */
const standardOrder = 'id';

/** Comma-separated properties, `-` before one turns it round; keys without the property come last. */
function sorted(entries: readonly Listed[], sort: string): Listed[] {
  const orders = sort.split(',').map((term) => {
    const name = term.replace(/^-/, '');
    const read = sortKeys[name];
    if (read === undefined) {
      throw invalidQuery('sort', `must name properties out of ${Object.keys(sortKeys).join(', ')}`);
    }
    return { read, direction: term.startsWith('-') ? -1 : 1 };
  });
  return [...entries].sort((left, right) => {
    for (const { read, direction } of orders) {
      const order = compared(read(left), read(right), direction);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compared(
  left: string | number | undefined,
  right: string | number | undefined,
  direction: number,
): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return (left < right ? -1 : 1) * direction;
}
