/** Certificates as OpenSSL (through Node) reads them: RFC 5280 4.1, 4.2. */
import { X509Certificate } from 'node:crypto';
import {
  type CertificateRequest,
  certificatePem,
  generateKeyPair,
  issueCertificate,
} from '../../certificates/issue';
import { parseInstant } from '../../domain/time';

const authorityKeys = generateKeyPair();
const authority = { subject: 'Authority', ...authorityKeys };
const holder = generateKeyPair();

const life = {
  notBefore: parseInstant('2026-01-02T03:04:05Z'),
  notAfter: parseInstant('2026-02-02T03:04:05Z'),
};

const authorityRequest: CertificateRequest = {
  ...life,
  subject: 'Authority',
  publicKey: authorityKeys.publicKey,
  issuer: authority,
  serialNumber: Buffer.alloc(16, 0x81),
  authority: true,
  keyUsage: ['keyCertSign', 'cRLSign'],
};

const hostRequest: CertificateRequest = {
  ...life,
  subject: 'Host',
  publicKey: holder.publicKey,
  issuer: authority,
  serialNumber: Buffer.alloc(16, 0x01),
  authority: false,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['serverAuth'],
  dnsNames: ['iam.cloud.ibm.com', 'private.iam.cloud.ibm.com'],
};

function read(request: CertificateRequest): X509Certificate {
  return new X509Certificate(certificatePem(issueCertificate(request)));
}

test('an authority is self-signed and may issue', () => {
  const certificate = read(authorityRequest);
  expect([certificate.subject, certificate.issuer, certificate.ca]).toEqual([
    'CN=Authority',
    'CN=Authority',
    true,
  ]);
  expect(certificate.verify(authorityKeys.publicKey)).toBe(true);
  expect(certificate.serialNumber).toBe('81'.repeat(16));
});

test('what it issues names its hosts, is no authority, and is vouched for by it alone', () => {
  const certificate = read(hostRequest);
  expect([certificate.subject, certificate.issuer, certificate.ca]).toEqual([
    'CN=Host',
    'CN=Authority',
    false,
  ]);
  expect(certificate.subjectAltName).toBe('DNS:iam.cloud.ibm.com, DNS:private.iam.cloud.ibm.com');
  expect(certificate.checkHost('private.iam.cloud.ibm.com')).toBe('private.iam.cloud.ibm.com');
  expect(certificate.checkHost('cloud.ibm.com')).toBeUndefined();
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(certificate.checkPrivateKey(holder.privateKey)).toBe(true);
  expect(certificate.checkIssued(read(authorityRequest))).toBe(true);
  expect(certificate.verify(authorityKeys.publicKey)).toBe(true);
  expect(certificate.verify(generateKeyPair().publicKey)).toBe(false);
});

test('an authority of the same name with other keys has not issued it', () => {
  const keys = generateKeyPair();
  const namesake = {
    ...authorityRequest,
    publicKey: keys.publicKey,
    issuer: { subject: 'Authority', ...keys },
  };
  expect(read(hostRequest).checkIssued(read(namesake))).toBe(false);
});

test('its life is to the second, in UTC', () => {
  const { validFrom, validTo } = read(hostRequest);
  expect([validFrom, validTo]).toEqual(['Jan  2 03:04:05 2026 GMT', 'Feb  2 03:04:05 2026 GMT']);
});

test.each<[CertificateRequest['keyUsage'], string]>([
  [['digitalSignature'], '03020780'],
  [['keyCertSign', 'cRLSign'], '03020106'],
  [['digitalSignature', 'keyAgreement', 'keyCertSign'], '0302028c'],
])('key usage %j is the bit string %s', (keyUsage, der) => {
  expect(read({ ...hostRequest, keyUsage }).raw.toString('hex')).toContain(`0603551d0f0101ff0404${der}`);
});

test.each([0, 1, 2, 3])(
  'its PEM has lines of 64 characters, the last one with what is left (%i)',
  (extra) => {
    const certificate = Buffer.alloc(96 + extra);
    const lines = certificatePem(certificate).split('\n');
    expect([lines[0], ...lines.slice(-2)]).toEqual([
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      '',
    ]);
    expect(lines.slice(1, -2).map(({ length }) => length)).toEqual([64, 64, ...(extra === 0 ? [] : [4])]);
  },
);
