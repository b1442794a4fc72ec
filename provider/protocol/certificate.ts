/**
 * The certificate that a managed plugin presents: self-signed, made anew at every start. Written out here, because the
 * libraries that make certificates take longer to load than everything else that a start needs.
 *
 * Sources: terraform-plugin-protocol.md 1 (Mutual TLS); RFC 5280 4.1, 4.2; RFC 5480, RFC 5758.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { day, formatSeconds, minute } from '../../domain/time';
import type { ProviderContext } from '../core/context';
import { bits, bool, type Der, integer, octets, oid, sequence, set, tagged, utcTime, utf8 } from './der';

export interface Certificate {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** DER in base64 without padding: its form in the handshake. */
  readonly handshakeForm: string;
}

const oids = {
  commonName: '2.5.4.3',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
};

/** Its life is longer than any Terraform run, and starts a little early for clocks that differ. */
const validFor = 30 * day;
const startsBefore = 5 * minute;

/** digitalSignature, keyAgreement and keyCertSign, of nine bits of which the last is not written. */
const keyUsage = Buffer.from([0b1000_1100]);
const unusedKeyUsageBits = 2;

/** [n] of a choice or of an optional field, without and with parts of its own. */
const primitive = (number: number): number => 0x80 | number;
const constructed = (number: number): number => 0xa0 | number;

/** P-256, DNS name `localhost`, CA, server authentication: what Terraform's plugin client verifies against. */
export function selfSignedCertificate(context: ProviderContext): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = context.now();
  const name = sequence(set(sequence(oid(oids.commonName), utf8('localhost'))));
  const signatureAlgorithm = sequence(oid(oids.ecdsaWithSha256));
  const toBeSigned = sequence(
    tagged(constructed(0), integer(Buffer.from([2]))),
    integer(context.entropy(16)),
    signatureAlgorithm,
    name,
    sequence(utcTime(formatSeconds(now - startsBefore)), utcTime(formatSeconds(now + validFor))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(constructed(3), extensions()),
  );
  const certificate = sequence(
    toBeSigned,
    signatureAlgorithm,
    bits(sign('sha256', toBeSigned, { key: privateKey, dsaEncoding: 'der' })),
  );
  const base64 = Buffer.from(certificate).toString('base64');
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    handshakeForm: base64.replace(/=+$/, ''),
  };
}

function extensions(): Der {
  const critical = bool(true);
  return sequence(
    sequence(
      oid(oids.subjectAlternativeName),
      octets(sequence(tagged(primitive(2), Buffer.from('localhost')))),
    ),
    sequence(oid(oids.basicConstraints), critical, octets(sequence(bool(true)))),
    sequence(oid(oids.keyUsage), critical, octets(bits(keyUsage, unusedKeyUsageBits))),
    sequence(oid(oids.extendedKeyUsage), octets(sequence(oid(oids.serverAuth), oid(oids.clientAuth)))),
  );
}
