/** From an API's refusal to what the user reads: the API's words, then cause and remedy (ibm-control-plane.md 1.7, 6.1.10). */
import { type AttributeOf, refusalText, step } from '../../../../provider/ibm/client/failures';
import { ApiError } from '../../../../provider/ibm/client/http';

const said = (status: number, message: string, told: ConstructorParameters<typeof ApiError>[2] = {}) =>
  refusalText(new ApiError(status, message, told)).split('\n');

test('the code stands behind the words, unless they have it', () => {
  expect(said(400, 'Not that.', { code: 'bad_field' })).toEqual(['Not that (bad_field), HTTP status 400.']);
  expect(said(400, 'bad_field: not that')).toEqual(['bad_field: not that, HTTP status 400.']);
});

test('what the API says of cause and remedy goes before what we know', () => {
  const explanation = { cause: 'it is used.', remedy: 'stop using it' };
  expect(said(409, 'No', { code: 'PROTECTED_RESOURCE_ERR', explanation })).toEqual([
    'No (PROTECTED_RESOURCE_ERR), HTTP status 409.',
    'Cause: it is used.',
    'Remedy: stop using it.',
  ]);
});

/** Every refusal of 6.1.10 that a resource can meet, with a word that its remedy must have. */
test.each<[status: number, code: string, word: RegExp]>([
  [400, 'BAD_BODY_ERR', /leave out/],
  [400, 'INVALID_FIELD_ERR', /value/],
  [400, 'KEY_EXPIRED_ERR', /not expired/],
  [400, 'KEY_PAYLOAD_REQ_ERR', /new material/],
  [400, 'KEY_ROOT_REQ_ERR', /standard_key = false/],
  [400, 'INCORRECT_NONCE_ERR', /nonce/],
  [400, 'INCORRECT_NONCE_IV_ERR', /iv/],
  [404, 'KEY_NOT_FOUND_ERR', /id or alias/],
  [404, 'KEY_RING_NOT_FOUND_ERR', /ibm_kms_key_rings/],
  [409, 'AUTHORIZATIONS_NOT_MET', /another person/],
  [409, 'IMPORT_TOKEN_EXPIRED_ERR', /new import token/],
  [409, 'KEY_ACTION_INVALID_STATE_ERR', /state/],
  [409, 'KEY_ALIAS_NOT_UNIQUE_ERR', /another alias/],
  [409, 'KEY_ALIAS_QUOTA_ERR', /delete an alias/],
  [409, 'KEY_CREATE_IMPORT_ACCESS_ERR', /keyCreateImportAccess/],
  [409, 'KEY_RING_NOT_UNIQUE_ERR', /another key_ring_id/],
  [409, 'KEY_RING_QUOTA_ERR', /delete a ring/],
  [400, 'KEY_RING_RESERVED_ERR', /another key_ring_id/],
  [409, 'PREV_KEY_DEL_ERR', /retention/],
  [409, 'PROTECTED_RESOURCE_ERR', /force_delete = true/],
  [409, 'REQ_TOO_EARLY_ERR', /later/],
  [410, 'KEY_DELETED_ERR', /terraform state rm/],
  [409, 'CONFLICT_ERR', /again/],
  [404, 'any_other', /account and region/],
])('%d %s: something helps', (status, code, word) => {
  const [, remedy, ...more] = said(status, 'No', { code });
  expect(remedy).toMatch(/^Remedy: .*\.$/);
  expect(remedy).toMatch(word);
  expect(more).toEqual([]);
});

test.each([400, 401, 403, 409, 422])('nothing is made up for another refusal with %d', (status) => {
  expect(said(status, 'No', { code: 'any_other' })).toHaveLength(1);
});

test.each<[of: AttributeOf | undefined, code: string, field: string | undefined, path: unknown]>([
  [undefined, 'a', undefined, undefined],
  ['name', 'a', 'other', [{ attribute: 'name' }]],
  [{ a: 'by_code', other: 'by_field' }, 'a', 'other', [{ attribute: 'by_code' }]],
  [{ other: 'by_field' }, 'a', 'resources.0.other', [{ attribute: 'by_field' }]],
  [{ other: 'by_field' }, 'a', 'other.crn', [{ attribute: 'by_field' }]],
  [
    { a: 'rotation.0.interval_month' },
    'a',
    undefined,
    [{ attribute: 'rotation' }, { index: 0 }, { attribute: 'interval_month' }],
  ],
  [{ b: 'by_code' }, 'a', undefined, undefined],
])('the attribute that %j names for code %s and member %s', async (of, code, field, path) => {
  const refusal = Promise.reject(new ApiError(400, 'No', { code, field }));
  const [diagnostic] = await step('do it', refusal, of).catch((error) => error.diagnostics);
  expect(diagnostic).toMatchObject({ severity: 'error', summary: 'Could not do it' });
  expect(diagnostic.attribute).toEqual(path);
});

test('what is no refusal passes as it is', async () => {
  const broken = new Error('broken');
  await expect(step('do it', Promise.reject(broken), 'name')).rejects.toBe(broken);
});
