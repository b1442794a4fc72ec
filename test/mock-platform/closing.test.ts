import { connect } from 'node:net';
import { startTestPlatform } from '../support/platform';

test('a connection that asks nothing does not hold the platform up', async () => {
  const { platform, url } = await startTestPlatform();
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  const cut = new Promise((resolve) => socket.once('close', resolve));
  await platform.close();
  await cut;
  await expect(fetch(`${url}/_keyquake/health`)).rejects.toThrow();
}, 10_000);

test('a platform that never listened closes', async () => {
  const { platform } = await startTestPlatform();
  await platform.close();
  await expect(platform.snapshot()).rejects.toThrow();
});
