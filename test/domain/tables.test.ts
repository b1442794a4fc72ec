/** Every cell of every table says where it comes from, and a disputed one what each side says. */
import { conditions } from '../../domain/condition';
import type { Dispute } from '../../domain/dispute';
import { dependentKinds, effectOn } from '../../domain/effects';
import { keyConsumers } from '../../domain/iam/consumers';
import { roles } from '../../domain/iam/roles';
import { keyOperations } from '../../domain/keys/operations';
import { type Cell, keyTransitions } from '../../domain/keys/transitions';
import { secretOperations } from '../../domain/secrets/operations';
import { type OperationCell, volumeOperations } from '../../domain/vpc/operations';

const cited =
  /behaviour\.md [AB]\d|ibm-control-plane\.md \d|ibm-vpc\.md \d|(Key Protect|Secrets Manager) [a-z/-]+\.md|IAM roles and actions \(iam-service-roles\.md/;

function cellsOf<C>(
  table: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly (readonly [string, C])[] {
  return Object.entries(table).flatMap(([row, cells]) =>
    Object.entries(cells)
      .filter(([column]) => column !== 'on')
      .map(([column, cell]) => [`${row} / ${column}`, cell as C] as const),
  );
}

const transitions = cellsOf<Cell>(keyTransitions);
const volumeCells = cellsOf<OperationCell>(volumeOperations);
const secretCells = cellsOf<OperationCell>(secretOperations);
const statuses = dependentKinds.flatMap((kind) =>
  conditions.map((condition) => [`${kind} / ${condition}`, effectOn(kind, condition)] as const),
);

test('have the size that the documents give them', () => {
  expect(transitions).toHaveLength(5 * 8);
  expect(volumeCells).toHaveLength(11 * 6);
  expect(secretCells).toHaveLength(12 * 6);
  expect(statuses).toHaveLength(5 * 6);
});

test.each([
  ...transitions,
  ...volumeCells,
  ...secretCells,
  ...statuses,
  ...Object.entries(keyOperations),
  ...Object.entries(keyConsumers),
  ...roles.map((role) => [role.crn, role] as const),
])('%s cites its source', (_cell, { source }) => {
  expect(source).toMatch(cited);
});

const disputes: readonly (readonly [string, Dispute])[] = [
  ...transitions.flatMap(([name, cell]) => (cell.disputed ?? []).map((dispute) => [name, dispute] as const)),
  ...[...volumeCells, ...statuses].flatMap(([name, { disputed }]) =>
    disputed ? [[name, disputed] as const] : [],
  ),
];

test.each(disputes)('%s: a dispute has two readings and a source', (_cell, dispute) => {
  expect(dispute.reading).not.toBe('');
  expect(dispute.alternative).not.toBe('');
  expect(dispute.reading).not.toBe(dispute.alternative);
  expect(dispute.source).toMatch(cited);
});

test('the disputed transitions are these', () => {
  const disputed = transitions.filter(([, cell]) => cell.disputed).map(([name]) => name);
  expect(disputed).toEqual([
    'active / delete',
    'active / force-delete',
    'suspended / expire',
    'suspended / delete',
    'suspended / force-delete',
    'deactivated / delete',
    'deactivated / force-delete',
    'deactivated / rotate',
    'destroyed / restore',
  ]);
});
