/** Tokens: when they are fetched, for how long they are kept, what they say (ibm-control-plane.md 1.2, 1.3). */
import nock from 'nock';
import { CredentialsError } from '../../../../provider/ibm/client/session';
import { api, onlyWhatIsPlayed, testSession, tokenFor, tokens } from '../support/session';

onlyWhatIsPlayed();

const url = `${api}/thing`;

/** The API answers 200 to the token of that name, once. */
function answers(name: string): void {
  nock(api, { reqheaders: { authorization: `Bearer ${tokenFor(name)}` } })
    .get('/thing')
    .reply(200, { name });
}

const ask = (session: ReturnType<typeof testSession>['session']) =>
  session.json<{ name: string }>({ method: 'GET', url });

describe('a token from an API key', () => {
  test('is asked for with the grant of an API key', async () => {
    nock(api)
      .post('/identity/token', {
        grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
        apikey: 'canary-api-key',
        response_type: 'cloud_iam',
      })
      .matchHeader('content-type', /^application\/x-www-form-urlencoded/)
      .reply(200, { access_token: tokenFor('t1'), expires_in: 3600 });
    answers('t1');
    expect(await ask(testSession().session)).toEqual({ name: 't1' });
  });

  test('is kept until 80 % of its life are over, and not a millisecond longer', async () => {
    tokens(3600, 2);
    const of = testSession();
    answers('t1');
    await ask(of.session);
    of.now = 2_879_999;
    answers('t1');
    await ask(of.session);
    of.now = 2_880_000;
    answers('t2');
    expect(await ask(of.session)).toEqual({ name: 't2' });
  });

  test('is fetched once for all that ask at the same time, at the start and when it is used up', async () => {
    tokens(3600, 2);
    const of = testSession();
    for (const name of ['t1', 't1', 't1', 't2', 't2', 't2']) answers(name);
    await Promise.all([ask(of.session), ask(of.session), ask(of.session)]);
    of.now = 3_000_000;
    const later = await Promise.all([ask(of.session), ask(of.session), ask(of.session)]);
    expect(later).toEqual([{ name: 't2' }, { name: 't2' }, { name: 't2' }]);
  });

  test('is fetched anew, once, when an API does not take it', async () => {
    tokens(3600, 2);
    nock(api)
      .get('/thing')
      .matchHeader('authorization', `Bearer ${tokenFor('t1')}`)
      .reply(401, { errorMessage: 'token expired' });
    answers('t2');
    expect(await ask(testSession().session)).toEqual({ name: 't2' });
  });

  test('is not fetched a third time: a second 401 is a refusal', async () => {
    tokens(3600, 2);
    nock(api)
      .get('/thing')
      .twice()
      .reply(401, { errors: [{ code: 'token_invalid', message: 'no' }] });
    await expect(ask(testSession().session)).rejects.toMatchObject({ status: 401, code: 'token_invalid' });
  });

  test('that could not be fetched is asked for again by the next request', async () => {
    nock(api).post('/identity/token').reply(400, { errorCode: 'BXNIM0415E', errorMessage: 'no such key' });
    const of = testSession();
    await expect(ask(of.session)).rejects.toMatchObject({ code: 'BXNIM0415E', message: 'no such key' });
    tokens(3600, 1);
    answers('t1');
    expect(await ask(of.session)).toEqual({ name: 't1' });
  });
});

describe('a token of the configuration', () => {
  test.each([tokenFor('given'), `Bearer ${tokenFor('given')}`])('is used as it is: %s', async (token) => {
    const { session } = testSession({ credentials: { token } });
    answers('given');
    expect(await ask(session)).toEqual({ name: 'given' });
  });

  test('is not replaced when it is refused', async () => {
    nock(api).get('/thing').reply(401, { message: 'expired' });
    const { session } = testSession({ credentials: { token: tokenFor('given') } });
    await expect(ask(session)).rejects.toMatchObject({ status: 401, message: 'expired' });
  });
});

test('without credentials nothing is sent, and the remedy is said', async () => {
  const { session } = testSession({ credentials: {} });
  await expect(ask(session)).rejects.toThrow(
    new CredentialsError(
      'no credentials: set ibmcloud_api_key in the provider block, or the variable IC_API_KEY',
    ),
  );
});

describe('what the token says', () => {
  test.each([
    ['https://iam.cloud.ibm.com/identity', 'https://cloud.ibm.com'],
    ['https://iam.test.cloud.ibm.com/identity', 'https://test.cloud.ibm.com'],
  ])('issued by %s, the console is %s', async (issuer, console) => {
    const { session } = testSession({ credentials: { token: tokenFor('IBMid-1', issuer) } });
    expect(await session.claims()).toEqual({ userId: 'IBMid-1', account: 'acct', issuer });
    expect(await session.consoleUrl()).toBe(console);
  });

  test.each(['', 'one', 'a.b.c', `a.${Buffer.from('{}').toString('base64url')}.c`])(
    '%j is refused without being repeated',
    async (token) => {
      const { session } = testSession({ credentials: { token } });
      await expect(session.claims()).rejects.toThrow(
        'the access token is no JSON Web Token with id, account and issuer',
      );
    },
  );
});

test.each([
  ['nothing', ''],
  ['text', 'hello'],
])('an answer that holds %s is not taken for JSON', async (_name, body) => {
  nock(api).get('/thing').reply(200, body);
  const { session } = testSession({ credentials: { token: tokenFor('given') } });
  await expect(ask(session)).rejects.toThrow(`GET ${url} answered with status 200 and no JSON`);
});
