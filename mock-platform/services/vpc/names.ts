/** Names for resources whose request gives none: hyphenated random words (ibm-vpc.md 3.13). */
import type { RandomSource } from '../../kernel/context';

const words = [
  'amber',
  'basin',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'heron',
  'inlet',
  'jetty',
  'kelp',
  'lagoon',
  'maple',
  'nectar',
  'otter',
  'pebble',
  'quartz',
  'ripple',
  'saffron',
  'thicket',
  'umber',
  'valley',
  'willow',
  'yarrow',
  'zephyr',
  'bramble',
  'copper',
  'dapple',
  'fallow',
  'gable',
  'harbor',
  'linden',
] as const;

const wordsInName = 4;

/** Four words: a million names. The caller sees to it that it is free. */
export function randomName(random: RandomSource): string {
  return [...random.bytes(wordsInName)].map((byte) => words[byte % words.length]).join('-');
}
