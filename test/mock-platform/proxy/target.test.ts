/** Targets as clients write them (RFC 9110 4.2, 9.3.6), and where each leads. */
import { type Approach, destinationOf, nameOf, parseTarget } from '../../../mock-platform/proxy/target';

describe('a target', () => {
  test.each<[string, Approach, string, number]>([
    ['iam.cloud.ibm.com:443', 'tunnel', 'iam.cloud.ibm.com', 443],
    ['IAM.Cloud.IBM.com:443', 'tunnel', 'iam.cloud.ibm.com', 443],
    ['iam.cloud.ibm.com', 'tunnel', 'iam.cloud.ibm.com', 443],
    ['iam.cloud.ibm.com', 'plain', 'iam.cloud.ibm.com', 80],
    ['iam.cloud.ibm.com:8443', 'tunnel', 'iam.cloud.ibm.com', 8443],
    ['iam.cloud.ibm.com.:443', 'tunnel', 'iam.cloud.ibm.com.', 443],
    ['localhost:65535', 'tunnel', 'localhost', 65535],
    ['127.0.0.1:4510', 'plain', '127.0.0.1', 4510],
    ['[::1]:4510', 'plain', '::1', 4510],
    ['my_host:443', 'tunnel', 'my_host', 443],
  ])('%s by %s is host %s, port %i', (text, approach, host, port) => {
    expect(parseTarget(text, approach)).toEqual({ host, port });
  });

  test.each([
    '',
    ':443',
    'host:',
    'host:0',
    'host:65536',
    'host:443:443',
    'host:https',
    'user:canary@host:443',
    '-host:443',
    'host name:443',
    'höst:443',
    '[::1:443',
    '[::1]x:443',
    '[1.2.3.4]:443',
    '::1',
    'https://host',
    `${'a'.repeat(254)}:443`,
  ])('is not %j', (text) => {
    expect(parseTarget(text, 'tunnel')).toBeUndefined();
  });

  test.each<[string, number, Approach, string]>([
    ['example.com', 443, 'tunnel', 'example.com'],
    ['example.com', 80, 'tunnel', 'example.com:80'],
    ['example.com', 80, 'plain', 'example.com'],
    ['example.com', 443, 'plain', 'example.com:443'],
    ['::1', 443, 'tunnel', '[::1]'],
    ['::1', 444, 'tunnel', '[::1]:444'],
  ])('%s port %i by %s is called %s', (host, port, approach, name) => {
    expect(nameOf({ host, port }, approach)).toBe(name);
  });
});

describe('it leads', () => {
  const reachable = {
    hosts: [/^iam\.cloud\.ibm\.com$/],
    own: () => ({ address: '127.0.0.1', port: 4510 }),
  };

  test.each<[string, Approach, string]>([
    ['iam.cloud.ibm.com:443', 'tunnel', 'service'],
    ['iam.cloud.ibm.com', 'plain', 'service'],
    ['iam.cloud.ibm.com:80', 'tunnel', 'nowhere'],
    ['iam.cloud.ibm.com:443', 'plain', 'nowhere'],
    ['iam.cloud.ibm.com:4510', 'tunnel', 'nowhere'],
    ['iam.cloud.ibm.com.:443', 'tunnel', 'nowhere'],
    ['x.iam.cloud.ibm.com:443', 'tunnel', 'nowhere'],
    ['iam.cloud.ibm.com.example.com:443', 'tunnel', 'nowhere'],
    ['127.0.0.1:4510', 'tunnel', 'platform'],
    ['127.0.0.1:4510', 'plain', 'platform'],
    ['localhost:4510', 'plain', 'platform'],
    ['[::1]:4510', 'plain', 'platform'],
    ['127.0.0.2:4510', 'plain', 'platform'],
    ['127.0.0.1:4511', 'plain', 'nowhere'],
    ['127.0.0.1.example.com:4510', 'plain', 'nowhere'],
    ['10.0.0.5:4510', 'plain', 'nowhere'],
  ])('%s by %s to: %s', (text, approach, destination) => {
    const target = parseTarget(text, approach);
    expect(target && destinationOf(target, approach, reachable)).toBe(destination);
  });

  test('to the address that the platform listens on, whatever it is', () => {
    const own = () => ({ address: '10.0.0.5', port: 4510 });
    const there = { host: '10.0.0.5', port: 4510 };
    expect(destinationOf(there, 'plain', { hosts: [], own })).toBe('platform');
    expect(destinationOf({ ...there, host: '10.0.0.6' }, 'plain', { hosts: [], own })).toBe('nowhere');
  });

  test('nowhere while the platform does not listen', () => {
    const target = { host: '127.0.0.1', port: 4510 };
    expect(destinationOf(target, 'plain', { hosts: [], own: () => undefined })).toBe('nowhere');
  });
});
