import { startTestPlatform, type TestPlatform } from '../support/platform';

describe('control plane', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(() => platform.close());

  test('shows the clock and moves it ahead by a duration', async () => {
    expect((await platform.request('GET', '/_keyquake/clock')).body).toEqual({
      now: '2026-01-15T10:00:00.000Z',
    });
    const moved = await platform.request('POST', '/_keyquake/clock', { advance: 'P7D' });
    expect([moved.status, moved.body]).toEqual([200, { now: '2026-01-22T10:00:00.000Z' }]);
  });

  test('never sets the clock back', async () => {
    const refused = await platform.request('POST', '/_keyquake/clock', { set: '2020-01-01T00:00:00Z' });
    expect([refused.status, refused.body.error]).toEqual([409, 'clock_not_moved']);
    expect(refused.body.message).toMatch(/2020-01-01T00:00:00.000Z is before 2026-01-/);
  });

  test.each([
    ['a field that is unknown', { forward: 'P1D' }, 'invalid_body', 'forward is not a known field'],
    ['a duration of months', { advance: 'P1M' }, 'invalid_time', "'P1M' is not an ISO 8601 duration"],
    ['no JSON', '{', 'malformed_body', 'the body is not valid JSON'],
  ])('refuses %s', async (_name, body, code, message) => {
    const refused = await platform.request('POST', '/_keyquake/clock', body);
    expect([refused.status, refused.body.error]).toEqual([400, code]);
    expect(refused.body.message).toContain(message);
  });

  test('answers 501 with the name of an operation it does not have', async () => {
    const refused = await platform.request('PUT', '/_keyquake/weather');
    expect([refused.status, refused.body.error]).toEqual([501, 'not_emulated']);
    expect(refused.body.message).toContain('PUT /weather');
  });

  test('keeps the caller’s request id', async () => {
    const reply = await platform.request('GET', '/_keyquake/health', undefined, { 'X-Request-Id': 'r-1' });
    expect(reply.headers.get('x-request-id')).toBe('r-1');
  });
});
