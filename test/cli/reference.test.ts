/** docs/cli.md lists the commands and flags that there are, as the program has them, and what it shows is true. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseIdentities } from '../../mock-platform';
import { codeBlocks } from '../support/readme';
import { referenceSections } from './reference';
import { root } from './support';

const page = readFileSync(join(root, 'docs/cli.md'), 'utf8');

test('the reference is what the commands say', () => {
  const [, reference = ''] = page.split('## Reference\n');
  const { stdin, stdout, stderr } = process;
  const sections = referenceSections({ terminal: { stdin, stdout, stderr, env: {} }, status: 0 });
  expect(sections.length).toBeGreaterThan(15);
  expect(reference.trim().split(/\n\n(?=### )/)).toEqual(sections);
});

test('flags and variables that the text names exist', () => {
  const [prose = '', reference = ''] = page.split('## Reference\n');
  const flags = [...prose.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag);
  expect(flags.length).toBeGreaterThan(8);
  for (const flag of flags) expect(reference).toMatch(new RegExp(`^- \`${flag}[ \`]`, 'm'));
});

test('the file of identities that it shows can be used', () => {
  const [shown] = codeBlocks(page).filter(({ language }) => language === 'json');
  const { users, serviceIds, ownerApiKeys } = parseIdentities(shown?.code ?? '');
  expect(ownerApiKeys).toEqual(['keyquake-offline']);
  expect(users?.map(({ apiKeys }) => apiKeys)).toEqual([['keyquake-offline-IBMid-mona']]);
  expect(serviceIds?.map(({ apiKeys }) => apiKeys)).toEqual([['ci-of-the-shop']]);
});
