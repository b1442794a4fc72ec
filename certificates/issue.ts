/**
 * X.509 certificates, written out: the libraries that make them take longer to load than everything else that a
 * provider's start needs. P-256 keys, ECDSA with SHA-256.
 *
 * Sources: RFC 5280 4.1, 4.2 (4.2.1.2 for key identifiers); RFC 5480, RFC 5758.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { formatSeconds, type Instant } from '../domain/time';
import { bits, bool, type Der, integer, octets, oid, sequence, set, tagged, utcTime, utf8 } from './der';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Places in the bit string of RFC 5280 4.2.1.3. */
const keyUsages = { digitalSignature: 0, keyAgreement: 4, keyCertSign: 5, cRLSign: 6 } as const;
const extendedKeyUsages = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;

export type KeyUsage = keyof typeof keyUsages;
export type ExtendedKeyUsage = keyof typeof extendedKeyUsages;

export interface CertificateRequest {
  /** Common name, at most 64 characters. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  /** Who vouches for it; a self-signed certificate names its own subject and keys. */
  readonly issuer: { readonly subject: string } & KeyPair;
  /** Octets nobody can guess, 16 of them. */
  readonly serialNumber: Uint8Array;
  readonly notBefore: Instant;
  /** Before 2050. */
  readonly notAfter: Instant;
  /** Whether it may issue certificates itself. */
  readonly authority: boolean;
  readonly keyUsage: readonly [KeyUsage, ...KeyUsage[]];
  readonly extendedKeyUsage?: readonly ExtendedKeyUsage[];
  readonly dnsNames?: readonly string[];
}

const oids = {
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
};

/** [n] of a choice or of an optional field, without and with parts of its own. */
const primitive = (number: number): number => 0x80 | number;
const constructed = (number: number): number => 0xa0 | number;

export function generateKeyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

export function privateKeyPem({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The certificate, signed by its issuer. */
export function issueCertificate(request: CertificateRequest): Der {
  const { subject, publicKey, issuer, serialNumber, notBefore, notAfter } = request;
  const signatureAlgorithm = sequence(oid(oids.ecdsaWithSha256));
  const toBeSigned = sequence(
    tagged(constructed(0), integer(Buffer.from([2]))),
    integer(serialNumber),
    signatureAlgorithm,
    nameOf(issuer.subject),
    sequence(utcTime(formatSeconds(notBefore)), utcTime(formatSeconds(notAfter))),
    nameOf(subject),
    spki(publicKey),
    tagged(constructed(3), sequence(...extensionsOf(request))),
  );
  const signature = sign('sha256', toBeSigned, { key: issuer.privateKey, dsaEncoding: 'der' });
  return sequence(toBeSigned, signatureAlgorithm, bits(signature));
}

export function certificatePem(certificate: Der): string {
  const lines = Buffer.from(certificate)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function nameOf(commonName: string): Der {
  return sequence(set(sequence(oid(oids.commonName), utf8(commonName))));
}

function spki(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

function extensionsOf(request: CertificateRequest): Der[] {
  const { publicKey, issuer, authority, keyUsage, extendedKeyUsage = [], dnsNames = [] } = request;
  const critical = bool(true);
  const extensions = [
    sequence(oid(oids.basicConstraints), critical, octets(authority ? sequence(bool(true)) : sequence())),
    sequence(oid(oids.keyUsage), critical, octets(keyUsageBits(keyUsage))),
    sequence(oid(oids.subjectKeyIdentifier), octets(octets(keyIdentifier(publicKey)))),
    sequence(
      oid(oids.authorityKeyIdentifier),
      octets(sequence(tagged(primitive(0), keyIdentifier(issuer.publicKey)))),
    ),
  ];
  if (extendedKeyUsage.length > 0) {
    const purposes = extendedKeyUsage.map((purpose) => oid(extendedKeyUsages[purpose]));
    extensions.push(sequence(oid(oids.extendedKeyUsage), octets(sequence(...purposes))));
  }
  if (dnsNames.length > 0) {
    const names = dnsNames.map((name) => tagged(primitive(2), Buffer.from(name, 'ascii')));
    extensions.push(sequence(oid(oids.subjectAlternativeName), octets(sequence(...names))));
  }
  return extensions;
}

/** The first bit is the highest of its octet; what comes after the last one that is set is not written. */
function keyUsageBits(usages: readonly KeyUsage[]): Der {
  const places: readonly number[] = usages.map((usage) => keyUsages[usage]);
  const octet = places.reduce((sum, place) => sum | (0x80 >> place), 0);
  return bits(Buffer.from([octet]), 7 - Math.max(...places));
}

/** Any value that is unique to the key will do; this one has the usual length of 20 octets. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(spki(publicKey)).digest().subarray(0, 20);
}
