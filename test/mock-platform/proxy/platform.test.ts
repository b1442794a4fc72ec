/** The proxy as a part of its platform: opened, shown, closed with it; the files that lead clients. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createPlatform } from '../../../mock-platform';
import { endpointsDocument } from '../../../mock-platform/proxy/client-files';
import { startTestPlatform } from '../../support/platform';
import { refusalOf, startProxiedPlatform } from './support';

test('opens after the platform, once', async () => {
  const platform = await createPlatform();
  await expect(platform.listenProxy()).rejects.toThrow('the platform does not listen yet: call listen first');
  await platform.listen();
  const proxy = await platform.listenProxy();
  await expect(platform.listenProxy()).rejects.toThrow(`the platform has a proxy already: ${proxy.url}`);
  await proxy.close();
  const second = await platform.listenProxy();
  expect(second.caCertificate).not.toBe(proxy.caCertificate);
  await platform.close();
});

test('closes with the platform', async () => {
  const { platform, proxy } = await startProxiedPlatform();
  expect(existsSync(proxy.caFile)).toBe(true);
  await platform.close();
  expect(existsSync(proxy.caFile)).toBe(false);
  await expect(refusalOf(proxy, 'example.com:443')).rejects.toThrow('ECONNREFUSED');
});

test('a port that is in use is refused, and leaves no files', async () => {
  const first = await startProxiedPlatform();
  const { platform, close } = await startTestPlatform();
  const port = Number(new URL(first.proxy.url).port);
  await expect(platform.listenProxy({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  await close();
  await first.close();
});

test('listens on 127.0.0.1, or where it is told to', async () => {
  const first = await startProxiedPlatform();
  expect(first.proxy.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const second = await startProxiedPlatform({ host: '127.0.0.2' });
  expect(second.proxy.url).toMatch(/^http:\/\/127\.0\.0\.2:\d+$/);
  await first.close();
  await second.close();
});

test('tells whoever asked to be told of the first refusal of each host', async () => {
  const told: string[] = [];
  const { proxy, log, close } = await startProxiedPlatform({ onRefused: (host) => told.push(host) });
  for (const authority of ['one.example:443', 'two.example:443', 'one.example:443'])
    await refusalOf(proxy, authority);
  expect(told).toEqual(['one.example', 'two.example']);
  expect(log.filter((line) => line.startsWith('warn'))).toEqual([]);
  await close();
});

test('is shown by the platform’s own API', async () => {
  const { request, proxy, close } = await startProxiedPlatform();
  const place = { url: proxy.url, ca: proxy.caFile, endpoints: proxy.endpointsFile };
  expect((await request('GET', '/_keyquake/health')).body.proxy).toEqual(place);
  await refusalOf(proxy, 'example.com:443');
  const shown = await request('GET', '/_keyquake/proxy');
  expect([shown.status, shown.body]).toEqual([
    200,
    { ...place, certificate: proxy.caCertificate, refused: [{ host: 'example.com', requests: 1 }] },
  ]);
  await proxy.close();
  expect((await request('GET', '/_keyquake/health')).body).not.toHaveProperty('proxy');
  await close();
});

test('a platform without one says so', async () => {
  const { request, close } = await startTestPlatform();
  expect((await request('GET', '/_keyquake/health')).body).not.toHaveProperty('proxy');
  const shown = await request('GET', '/_keyquake/proxy');
  expect([shown.status, shown.body.error, shown.body.message]).toEqual([
    404,
    'no_proxy',
    'this platform has no proxy',
  ]);
  await close();
});

describe('the files', () => {
  test('hold the certificate of the authority, and no key', async () => {
    const { proxy, close } = await startProxiedPlatform();
    const pem = readFileSync(proxy.caFile, 'utf8');
    expect(pem).toBe(proxy.caCertificate);
    expect(pem).not.toContain('PRIVATE');
    const { subject, issuer, ca } = new X509Certificate(pem);
    expect([subject, issuer, ca]).toEqual(['CN=Keyquake proxy CA', 'CN=Keyquake proxy CA', true]);
    await close();
  });

  test('two platforms with the same seed have different authorities', async () => {
    const [first, second] = [await startProxiedPlatform(), await startProxiedPlatform()];
    const keys = [first, second].map(({ proxy }) =>
      new X509Certificate(proxy.caCertificate).publicKey
        .export({ type: 'spki', format: 'der' })
        .toString('hex'),
    );
    expect(keys[0]).not.toBe(keys[1]);
    await first.close();
    await second.close();
  });

  test('name the platform’s endpoints by variable, visibility and region (ibm-control-plane.md 2.2)', async () => {
    const { url, proxy, close } = await startProxiedPlatform();
    const document = JSON.parse(readFileSync(proxy.endpointsFile, 'utf8'));
    expect(document).toEqual(endpointsDocument(url));
    expect(document.IBMCLOUD_IAM_API_ENDPOINT.public['us-south']).toBe(url);
    expect(document.IBMCLOUD_KP_API_ENDPOINT.private['eu-de']).toBe(url);
    expect(document.IBMCLOUD_IS_NG_API_ENDPOINT.public['jp-tok']).toBe(`${url}/v1`);
    for (const variable of Object.values<Record<string, unknown>>(document))
      expect(Object.keys(variable)).toEqual(['public', 'private']);
    await close();
  });
});
