import { connect, type Socket } from 'node:net';
import { startTestPlatform } from '../support/platform';

/** A connection with a request under way: its head is read, its body is not there yet. */
async function asking(url: string): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'POST /_keyquake/clock HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\nExpect: 100-continue\r\n\r\n',
  );
  await new Promise((resolve) => socket.once('data', resolve));
  return socket;
}

test('a connection that asks nothing does not hold the platform up', async () => {
  const { platform, url } = await startTestPlatform();
  const { port, hostname } = new URL(url);
  const busy = await asking(url);
  const answer: string[] = [];
  busy.setEncoding('utf8').on('data', (text: string) => answer.push(text));
  const silent = connect(Number(port), hostname);
  await new Promise((resolve) => silent.once('connect', resolve));
  // It is the server that must know of it.
  await fetch(`${url}/_keyquake/health`);
  const cut = new Promise((resolve) => silent.once('close', resolve));
  const ended = new Promise((resolve) => busy.once('close', resolve));
  const end = platform.close();
  await cut;
  // Before the grace is over: what is under way is still answered.
  busy.write('{"advance":"PT1S"}');
  await Promise.all([end, ended]);
  expect(answer.join('')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  await expect(fetch(`${url}/_keyquake/health`)).rejects.toThrow();
}, 10_000);

test('a connection whose last request is answered is let go at once, one that goes on asking is cut later', async () => {
  const { platform, url } = await startTestPlatform();
  const [hanging, answered] = [await asking(url), await asking(url)];
  const order: string[] = [];
  const closed = [
    new Promise((resolve) => answered.once('close', resolve)).then(() => order.push('answered')),
    new Promise((resolve) => hanging.once('close', resolve)).then(() => order.push('hanging')),
  ];
  const answer: string[] = [];
  answered.setEncoding('utf8').on('data', (text: string) => answer.push(text));
  const end = platform.close();
  answered.write('{"advance":"PT1S"}');
  await Promise.all([end, ...closed]);
  expect(answer.join('')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(order).toEqual(['answered', 'hanging']);
}, 10_000);

test('an idle connection is kept longer than the 90 s after which Go’s clients let go of theirs', async () => {
  const { url, close } = await startTestPlatform();
  const { headers } = await fetch(`${url}/_keyquake/health`);
  expect(headers.get('keep-alive')).toBe('timeout=95');
  await close();
});

test('a platform that never listened closes', async () => {
  const { platform } = await startTestPlatform();
  await platform.close();
  await expect(platform.snapshot()).rejects.toThrow();
});
