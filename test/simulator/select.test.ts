import type { World } from '../../domain/world';
import { SelectionError, selectNodes, selectTargets } from '../../simulator';
import { authorization, kms, now, rootKey, workload } from './worlds';

const crn = 'crn:v1:bluemix:public:kms:us-south:a/1:instance-guid:key:key-id';

const world: World = {
  at: now,
  nodes: [
    { ...kms, crn: 'crn:v1:bluemix:public:kms:us-south:a/1:instance-guid::' },
    rootKey({ id: 'one/ibm_kms_key.orders', address: 'ibm_kms_key.orders', crn }),
    rootKey({ id: 'two/ibm_kms_key.orders', address: 'ibm_kms_key.orders', name: 'archive' }),
    rootKey({ id: 'one/ibm_kms_key.logs', address: 'ibm_kms_key.logs', name: 'ibm_kms_key.orders' }),
    authorization(),
  ],
  edges: [],
  unmapped: [],
};

function refusal(
  selector: string,
  action: Parameters<typeof selectTargets>[2] = 'disable',
  of = world,
): SelectionError {
  try {
    selectTargets(of, selector, action);
  } catch (error) {
    if (error instanceof SelectionError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('a selector', () => {
  it.each([
    ['a node id', 'two/ibm_kms_key.orders', 'two/ibm_kms_key.orders'],
    ['an address', 'ibm_kms_key.logs', 'one/ibm_kms_key.logs'],
    ['a CRN', crn, 'one/ibm_kms_key.orders'],
    ['a key id', 'key-id', 'one/ibm_kms_key.orders'],
    ['a name', 'archive', 'two/ibm_kms_key.orders'],
  ])('may be %s', (_, selector, id) => {
    expect(selectTargets(world, selector, 'disable')).toEqual([id]);
  });

  it('may be the GUID of an instance', () => {
    expect(selectTargets(world, 'instance-guid', 'delete-instance')).toEqual(['kms']);
  });

  it('may be * for all that the action is for', () => {
    expect(selectTargets(world, '*', 'disable')).toEqual([
      'one/ibm_kms_key.logs',
      'one/ibm_kms_key.orders',
      'two/ibm_kms_key.orders',
    ]);
    expect(selectTargets(world, '*', 'revoke-authorization')).toEqual(['block-storage']);
    expect(selectTargets(workload(), '*', 'delete-instance')).toEqual(['kms', 'sm']);
  });

  it('names an authorization or a key when an authorization is revoked', () => {
    expect(selectTargets(world, 'block storage', 'revoke-authorization')).toEqual(['block-storage']);
    expect(selectTargets(world, 'key-id', 'revoke-authorization')).toEqual(['one/ibm_kms_key.orders']);
  });

  it('that names several things is refused with them', () => {
    const error = refusal('ibm_kms_key.orders');
    expect(error.message).toBe(
      "'ibm_kms_key.orders' names 2 things; a selector names one: one/ibm_kms_key.orders (orders), two/ibm_kms_key.orders (archive)",
    );
    expect(error.candidates).toEqual(['one/ibm_kms_key.orders', 'two/ibm_kms_key.orders']);
  });

  it('that names nothing is refused with what there is', () => {
    const error = refusal('order');
    expect(error.message).toBe(
      "'order' names no root key of the source; give one of one/ibm_kms_key.logs (ibm_kms_key.orders), one/ibm_kms_key.orders (orders), two/ibm_kms_key.orders (archive), or * for all",
    );
    expect(error.candidates).toHaveLength(3);
  });

  it.each(['x', '*'])('%s is refused when there is nothing to name', (selector) => {
    expect(refusal(selector, 'disable', { ...world, nodes: [] }).message).toBe(
      `'${selector}' names nothing: the source holds no root key; give a source that does`,
    );
    expect(refusal(selector, 'delete-instance', { ...world, nodes: [] }).message).toBe(
      `'${selector}' names nothing: the source holds no kms instance or secrets manager instance; give a source that does`,
    );
  });

  it('lists no more than twenty of many', () => {
    const many = Array.from({ length: 23 }, (_, index) => rootKey({ id: `key-${index + 10}`, name: 'k' }));
    const error = refusal('x', 'disable', { ...world, nodes: many });
    expect(error.message).toContain('key-29 (k) and 3 more, or * for all');
    expect(error.message).not.toContain('key-30');
    expect(error.candidates).toHaveLength(23);
  });

  it('may be asked for any kinds', () => {
    expect(selectNodes(workload(), 'data', ['volume'])).toEqual(['volume']);
  });
});
