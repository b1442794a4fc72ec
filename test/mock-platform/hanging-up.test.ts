/** A client that hangs up in the middle of its request is no failure of the platform: one line, nothing done. */
import { connect } from 'node:net';
import { startTestPlatform } from '../support/platform';

test('a body that never ends is an info line without a stack, and nothing is done', async () => {
  const lines: string[] = [];
  let told: () => void = () => undefined;
  const logged = new Promise<void>((resolve) => {
    told = resolve;
  });
  const log = (level: string) => (line: string) => {
    lines.push(`${level} ${line}`);
    told();
  };
  const logger = { info: log('info'), warn: log('warn'), error: log('error') };
  const { platform, url, request, close } = await startTestPlatform({ logger });
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'POST /_keyquake/clock HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n{"advance":',
  );
  // The platform has read the head, and waits for the body.
  await new Promise((resolve) => socket.once('data', resolve));
  const before = platform.clock.now();
  socket.destroy();
  await logged;
  expect(lines).toEqual(['info control setClock: the client hung up before its body was read']);
  expect(platform.clock.now()).toBe(before);
  expect((await request('GET', '/_keyquake/events')).body.events).toEqual([]);
  await close();
});
