/** Every property of every exported interface says what it is, and every optional one what leaving it out means. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const room = join(__dirname, '../../constructs');

/** Hand-written files that export something. */
const files = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/(^|\/)(bindings|private)\//.test(path))
  .sort();

interface Property {
  readonly name: string;
  readonly optional: boolean;
  readonly comment: string;
}

function propertiesIn(file: string): readonly Property[] {
  const text = readFileSync(join(room, file), 'utf8');
  const bodies = [...text.matchAll(/^export interface [^{]*\{\n([\s\S]*?)^\}/gm)];
  return bodies.flatMap(([, body = '']) =>
    [...body.matchAll(/(^ {2}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?^ {2}readonly (\w+)(\??):/gm)].map(
      ([, comment = '', name = '', mark]) => ({ name, optional: mark === '?', comment }),
    ),
  );
}

const properties = files.flatMap((file) =>
  propertiesIn(file).map((property) => [`${file}: ${property.name}`, property] as const),
);

test('there are as many as one expects', () => {
  expect(properties.length).toBeGreaterThan(80);
});

test('each has a comment', () => {
  expect(properties.flatMap(([title, { comment }]) => (comment === '' ? [title] : []))).toEqual([]);
});

test('each that may be left out has a default', () => {
  const silent = properties.filter(([, { optional, comment }]) => optional && !/@default \S/.test(comment));
  expect(silent.map(([title]) => title)).toEqual([]);
});
