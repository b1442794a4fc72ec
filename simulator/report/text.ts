/** Words that the renderers for people share. */
import { tryParseCrn } from '../../domain/crn';
import type { Dispute } from '../../domain/dispute';
import type { Finding, Report, Target, Undo } from './report';

/**
 * Text of a source made harmless for a terminal or a page: control characters and marks that turn the direction of
 * writing become a replacement character, line breaks spaces.
 */
export function harmless(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');
}

/** An address as it is, a CRN by its last segment that is not empty. */
export function shortAddress(address: string): string {
  const crn = tryParseCrn(address);
  return crn ? crn.resource || crn.serviceInstance || address : address;
}

/** `ibm_kms_key.orders`, with the name behind it when the id does not end with it. */
export function named({ id, name }: Pick<Finding, 'id' | 'name'>): string {
  const short = shortAddress(id);
  return short === name || short.endsWith(`.${name}`) ? short : `${short} (${name})`;
}

export function titleOf({ action, targets }: Report): string {
  const [only] = targets;
  return targets.length === 1 && only ? `${action} of ${named(only)}` : `${action} of ${kindsOf(targets)}`;
}

/** `3 root keys and 1 authorization`. */
export function kindsOf(targets: readonly Target[]): string {
  const kinds = [...new Set(targets.map(({ kind }) => kind))].map((kind) => {
    const count = targets.filter((target) => target.kind === kind).length;
    const word = kind.replaceAll('-', ' ');
    return counted(count, word, `${word}s`);
  });
  return kinds.length === 0 ? 'nothing' : kinds.join(' and ');
}

/** `active → suspended`, or what refuses it. */
export function outcomeOf({ before, after, refusal }: Target): string {
  if (refusal) return `refused: ${refusal.explanation}`;
  return before === after ? `stays ${after}` : `${before} → ${after}`;
}

export function countsOf({ counts }: Report): string {
  const { lost, breaks, latent, safe, unmapped } = counts;
  return `${lost} lost, ${breaks} break now, ${latent} latent, ${safe} safe, ${unmapped} unmapped`;
}

const ways: Readonly<Record<Undo['by'], string>> = {
  enable: 'enable the key',
  restore: 'restore the key',
  'recreate-authorization': 'authorize again',
  'restore-instance': 'restore the instance',
  none: 'no way back',
};

export function undoWords(undo: Undo | null): string {
  if (undo === null) return '';
  return undo.until === null ? ways[undo.by] : `${ways[undo.by]} until ${undo.until}`;
}

/** A few of the operations by name. */
export function lostWords(operations: readonly string[], most = 3): string {
  const shown = operations.length > most + 1 ? operations.slice(0, most) : operations;
  const more = operations.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Every dispute once, in the order in which the report holds them: its number in the list is its note. */
export function disputesOf({ targets, findings }: Report): readonly Dispute[] {
  const all = [...targets, ...findings].flatMap(({ disputed }) => disputed);
  return [...new Map(all.map((dispute) => [JSON.stringify(dispute), dispute])).values()];
}

/** `[1][2]`, the notes of something disputed. */
export function notesOf(disputed: readonly Dispute[], notes: readonly Dispute[]): string {
  const texts = notes.map((note) => JSON.stringify(note));
  return disputed.map((dispute) => `[${texts.indexOf(JSON.stringify(dispute)) + 1}]`).join('');
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
