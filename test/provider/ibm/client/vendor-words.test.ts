/**
 * The title of a failed step in the words of the vendor's provider 2.5.0: its sentence, and what its client makes of the
 * answer. Sources: IBM/keyprotect-go-client 0.17.2 `kp.go` (Error, reason); ibm-control-plane.md 1.7.
 */
import nock from 'nock';
import { step } from '../../../../provider/ibm/client/failures';
import { ApiError, exchange } from '../../../../provider/ibm/client/http';
import { api, onlyWhatIsPlayed } from '../support/session';

onlyWhatIsPlayed();

async function titleOf(status: number, body: object, headers: Record<string, string> = {}): Promise<string> {
  nock(api).get('/x').reply(status, body, headers);
  const asking = exchange({ method: 'GET', url: `${api}/x` });
  const [diagnostic] = await step({ says: '[ERROR] Error while creating key' }, asking).then(
    () => [],
    (error) => error.diagnostics,
  );
  return diagnostic.summary;
}

const moreInfo = 'https://cloud.ibm.com/apidocs/key-protect';

test.each<[string, object, string]>([
  [
    'with a reason',
    { errorMsg: 'Conflict: no', reasons: [{ code: 'A_ERR', message: 'because', status: 409, moreInfo }] },
    `msg='Conflict: no', reasons='[A_ERR: because - FOR_MORE_INFO_REFER: ${moreInfo}]'`,
  ],
  [
    'with two, of which one says no more',
    {
      errorMsg: 'no',
      reasons: [
        { code: 'A_ERR', message: 'a', moreInfo },
        { code: 'B_ERR', message: 'b' },
      ],
    },
    `msg='no', reasons='[A_ERR: a - FOR_MORE_INFO_REFER: ${moreInfo} B_ERR: b]'`,
  ],
  ['without a reason', { errorMsg: 'Unauthorized: no' }, "msg='Unauthorized: no'"],
])('a refusal of Key Protect, %s', async (_name, resource, expected) => {
  const title = await titleOf(409, { resources: [resource] }, { 'Correlation-Id': 'c-1' });
  expect(title).toBe(`[ERROR] Error while creating key: kp.Error: correlation_id='c-1', ${expected}`);
});

test.each([
  [{ message: 'The plan does not exist.' }, 'The plan does not exist'],
  [{ errors: [{ code: 'a', message: 'not that' }] }, 'not that'],
])('any other refusal: its message', async (body, expected) => {
  expect(await titleOf(400, body)).toBe(`[ERROR] Error while creating key: ${expected}`);
});

test('a step without words of the vendor says what it does', async () => {
  const failing = Promise.reject(new ApiError(400, 'no'));
  const [diagnostic] = await step('create it', failing).catch((error) => error.diagnostics);
  expect(diagnostic).toMatchObject({ summary: 'Could not create it', detail: 'no, HTTP status 400.' });
});
