/** What is made of the first byte in a tunnel to a host that is not emulated. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { whenProtocolIsKnown } from '../../../mock-platform/proxy/first-byte';

let server: Server;
let client: Socket;
let socket: Socket;
beforeEach(async () => {
  server = createServer();
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = connect((server.address() as { port: number }).port, '127.0.0.1');
  client.on('error', () => undefined);
  socket = await accepted;
});
afterEach(async () => {
  client.destroy();
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const known = (): Promise<string> => new Promise((resolve) => whenProtocolIsKnown(socket, resolve));

/** The next bytes that whoever takes the connection over reads. */
const taken = (): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve));

// A TLS record starts with its type, 22 for a handshake (RFC 8446 5.1); HTTP with a method.
test.each<[string, Buffer, string]>([
  ['a handshake record', Buffer.from([22, 3, 1, 0, 5]), 'tls'],
  ['an alert record', Buffer.from([21, 3, 1, 0, 2]), 'clear'],
  ['a request line', Buffer.from('GET / HTTP/1.1\r\n'), 'clear'],
])('%s: nothing of it is lost', async (_name, sent, protocol) => {
  const told = known();
  client.write(sent);
  expect(await told).toBe(protocol);
  expect(await taken()).toEqual(sent);
});

test('a client that says nothing for two minutes is cut', async () => {
  const told = jest.fn();
  whenProtocolIsKnown(socket, told);
  expect(socket.timeout).toBe(120_000);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.emit('timeout');
  await closed;
  expect(told).not.toHaveBeenCalled();
});

test('one that has spoken is not', async () => {
  const told = known();
  client.write('GET');
  await told;
  expect(socket.timeout).toBe(0);
  socket.emit('timeout');
  expect(socket.destroyed).toBe(false);
});

test('one that hangs up has no protocol', async () => {
  const told = jest.fn();
  whenProtocolIsKnown(socket, told);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  client.end();
  await closed;
  expect(told).not.toHaveBeenCalled();
});
