/** The start of a managed plugin: terraform-plugin-protocol.md 1. */
import { type ChildProcess, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { hostContext } from '../../../provider/core/context';
import { selfSignedCertificate } from '../../../provider/protocol/certificate';
import {
  GRPCBrokerClient,
  GRPCControllerClient,
  GRPCStdioClient,
} from '../../../provider/protocol/gen/plugin';
import { checkStart, HandshakeError } from '../../../provider/protocol/handshake';
import { pluginLog } from '../../../provider/protocol/log';
import { fixedContext } from '../../support/awkward-provider';
import { call, dial } from '../../support/plugin-client';
import { bundleProvider } from '../../support/provider-bundle';

const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
const started = { TF_PLUGIN_MAGIC_COOKIE: cookie, PLUGIN_PROTOCOL_VERSIONS: '5,6' };

describe('who starts it', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['Terraform', started, undefined],
    ['a client that does not say what it speaks', { TF_PLUGIN_MAGIC_COOKIE: cookie }, undefined],
    ['a user', {}, 'this is a Terraform provider: Terraform starts it, it does nothing by itself'],
    ['a wrong cookie', { TF_PLUGIN_MAGIC_COOKIE: 'x' }, 'this is a Terraform provider'],
    [
      'a Terraform that speaks another protocol',
      { ...started, PLUGIN_PROTOCOL_VERSIONS: '4,5' },
      'this provider speaks plugin protocol 6 and the client offers 4,5; use Terraform 1.0 or newer',
    ],
  ])('%s', (_name, env, message) => {
    const start = () => checkStart(env);
    if (message === undefined) expect(start).not.toThrow();
    else
      expect(start).toThrow(
        expect.objectContaining({ name: HandshakeError.name, message: expect.stringContaining(message) }),
      );
  });
});

describe('the certificate', () => {
  const made = selfSignedCertificate({ ...fixedContext, now: () => Date.parse('2026-01-02T03:04:05Z') });
  const read = new X509Certificate(made.certificatePem);

  test('is what the plugin client verifies', () => {
    expect(read.checkHost('localhost')).toBe('localhost');
    expect(read.subjectAltName).toBe('DNS:localhost');
    expect(read.ca).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkIssued(read)).toBe(true);
    expect(read.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  test('takes time and serial number from the context', () => {
    expect([read.validFrom, read.validTo]).toEqual(['Jan  2 02:59:05 2026 GMT', 'Feb  1 03:04:05 2026 GMT']);
    expect(read.serialNumber).toBe('07'.repeat(16));
    const high = selfSignedCertificate({
      ...fixedContext,
      entropy: (length) => Buffer.alloc(length, 0xff),
    });
    expect(new X509Certificate(high.certificatePem).serialNumber).toBe('FF'.repeat(16));
  });

  test('goes into the handshake as DER in base64 without padding', () => {
    expect(made.handshakeForm).not.toMatch(/[=\s]/);
    expect(Buffer.from(made.handshakeForm, 'base64').equals(read.raw)).toBe(true);
  });
});

test('log lines are what Terraform takes apart', () => {
  const lines: string[] = [];
  pluginLog(fixedContext, 'null', (line) => lines.push(line))('debug', 'it "listens"', { tls: true });
  expect(lines).toEqual([
    '{"@level":"debug","@message":"it \\"listens\\"","@module":"keyquake.null","@timestamp":"2026-01-02T03:04:05.000Z","tls":true}\n',
  ]);
});

describe('the process', () => {
  let bundle: string;
  let removeBundle: () => void;
  let folder: string;
  let running: ChildProcess | undefined;

  beforeAll(() => {
    ({ file: bundle, remove: removeBundle } = bundleProvider());
  });
  afterAll(() => removeBundle());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyquake-socket-'));
  });
  afterEach(() => {
    running?.kill('SIGKILL');
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  interface Ended {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  /** The first line on stdout, and how the process ends. */
  function start(
    env: Record<string, string>,
    args = ['null'],
  ): { line: Promise<string>; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [bundle, ...args], {
      env: { PATH: process.env.PATH, PLUGIN_UNIX_SOCKET_DIR: folder, ...env },
    });
    running = child;
    let stdout = '';
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
    const line = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (stdout.includes('\n')) resolve(stdout);
      });
      void ended.then(() => reject(new Error(stderr)));
    });
    line.catch(() => undefined);
    return { line, ended };
  }

  test.each<[string, Record<string, string>, string[], string]>([
    ['without the cookie', {}, ['null'], 'this is a Terraform provider: Terraform starts it'],
    [
      'with a provider that there is not',
      started,
      ['nothing'],
      "there is no provider 'nothing'; Keyquake serves ibm, keyquake, null\n",
    ],
    ['with no provider', started, [], "there is no provider ''; Keyquake serves ibm, keyquake, null\n"],
  ])('refuses to run %s', async (_name, env, args, message) => {
    const { code, stdout, stderr } = await start(env, args).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('without TLS: one line, then it serves on a socket in the given folder', async () => {
    const line = await start(started).line;
    expect(line).toMatch(/^1\|6\|unix\|[^|]+\|grpc\n$/);
    const socket = line.split('|')[3] ?? '';
    expect(socket.startsWith(folder)).toBe(true);
    const client = dial(`unix:${socket}`);
    const { resources } = await call(client, (c) => c.getMetadata, {});
    expect(resources).toEqual([{ typeName: 'null_resource' }]);
    client.close();
  });

  test('with mutual TLS: it answers the announced client, and Shutdown ends it cleanly', async () => {
    const own = selfSignedCertificate(hostContext({}));
    const { line, ended } = start({ ...started, PLUGIN_CLIENT_CERT: own.certificatePem });
    const fields = (await line).trim().split('|');
    expect(fields).toHaveLength(6);
    const der = Buffer.from(fields[5] ?? '', 'base64');
    const pem = new X509Certificate(der).toString();
    const security = credentials.createSsl(
      Buffer.from(pem),
      Buffer.from(own.privateKeyPem),
      Buffer.from(own.certificatePem),
    );
    const address = `unix:${fields[3]}`;
    const options = { 'grpc.ssl_target_name_override': 'localhost' };

    const stdio = new GRPCStdioClient(address, security, options);
    const stream = stdio.streamStdio({});
    const streamed: unknown[] = [];
    stream.on('data', (data) => streamed.push(data));
    const streamEnded = new Promise((resolve) => stream.on('end', resolve));
    const broker = new GRPCBrokerClient(address, security, options);
    const connections = broker.startStream();
    const brokerEnded = new Promise((resolve) => connections.on('end', resolve));
    connections.resume();

    const controller = new GRPCControllerClient(address, security, options);
    const answer = await new Promise((resolve, reject) => {
      controller.shutdown({}, (error, empty) => (error ? reject(error) : resolve(empty)));
    });
    expect(answer).toEqual({});
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toBe(await line);
    await Promise.all([streamEnded, brokerEnded]);
    expect(streamed).toEqual([]);
    expect(existsSync(fields[3] ?? '')).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    for (const each of [stdio, broker, controller]) each.close();
  });

  test('with mutual TLS: it does not answer anybody else', async () => {
    const own = selfSignedCertificate(hostContext({}));
    const other = selfSignedCertificate(hostContext({}));
    const { line } = start({ ...started, PLUGIN_CLIENT_CERT: own.certificatePem });
    const fields = (await line).trim().split('|');
    const pem = new X509Certificate(Buffer.from(fields[5] ?? '', 'base64')).toString();
    const security = credentials.createSsl(
      Buffer.from(pem),
      Buffer.from(other.privateKeyPem),
      Buffer.from(other.certificatePem),
    );
    const controller = new GRPCControllerClient(`unix:${fields[3]}`, security, {
      'grpc.ssl_target_name_override': 'localhost',
    });
    const refused = new Promise((_, reject) => {
      controller.shutdown({}, (error) => reject(error));
    });
    await expect(refused).rejects.toMatchObject({ code: 14 });
    controller.close();
  });

  test('an interrupt of the process group does not end it', async () => {
    const { line } = start(started);
    const socket = (await line).split('|')[3];
    running?.kill('SIGINT');
    const client = dial(`unix:${socket}`);
    expect((await call(client, (c) => c.getMetadata, {})).dataSources).toEqual([
      { typeName: 'null_data_source' },
    ]);
    client.close();
  });

  test('takes its provider from the name it was started under', async () => {
    const named = join(folder, 'terraform-provider-null_v3.2.4');
    copyFileSync(bundle, named);
    const child = spawn(process.execPath, [named], {
      env: { PATH: process.env.PATH, PLUGIN_UNIX_SOCKET_DIR: folder, ...started },
    });
    running = child;
    const line = await new Promise<string>((resolve) =>
      child.stdout.on('data', (chunk) => resolve(String(chunk))),
    );
    expect(line).toMatch(/^1\|6\|unix\|/);
  });
});
