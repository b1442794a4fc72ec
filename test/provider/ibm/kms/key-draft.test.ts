/** What is sent for a new key: only what is set (keyprotect-go-client 0.17.2 `keys.go`, omitempty). */
import { keyDraft } from '../../../../provider/ibm/kms/key';

const plan = {
  key_name: 'key',
  standard_key: null,
  payload: 'AAAA',
  encrypted_nonce: null,
  iv_value: null,
};
const plain = { name: 'key', extractable: false, payload: 'AAAA' };
const encryptionAlgorithm = 'RSAES_OAEP_SHA_256';

test.each([
  ['neither', {}, plain],
  ['empty texts', { encrypted_nonce: '', iv_value: '' }, plain],
  [
    'both',
    { encrypted_nonce: 'n', iv_value: 'i' },
    { ...plain, encryptedNonce: 'n', iv: 'i', encryptionAlgorithm },
  ],
  [
    'the nonce alone: the API says that they come together',
    { encrypted_nonce: 'n', iv_value: '' },
    { ...plain, encryptedNonce: 'n', encryptionAlgorithm },
  ],
  ['an empty name, which the vendor leaves out', { key_name: '' }, { extractable: false, payload: 'AAAA' }],
  ['the iv alone', { encrypted_nonce: '', iv_value: 'i' }, { ...plain, iv: 'i', encryptionAlgorithm }],
  [
    'both, of a standard key: such a key has neither',
    { standard_key: true, encrypted_nonce: 'n', iv_value: 'i' },
    { ...plain, extractable: true },
  ],
])('%s', (_name, set, draft) => {
  expect(keyDraft({ ...plan, ...set })).toEqual(draft);
});
