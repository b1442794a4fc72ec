/**
 * The certificate that a managed plugin presents: self-signed, made anew at every start. Source:
 * terraform-plugin-protocol.md 1 (Mutual TLS).
 */
import { certificatePem, generateKeyPair, issueCertificate, privateKeyPem } from '../../certificates/issue';
import { day, minute } from '../../domain/time';
import type { ProviderContext } from '../core/context';

export interface Certificate {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** DER in base64 without padding: its form in the handshake. */
  readonly handshakeForm: string;
}

const hostName = 'localhost';

/** Its life is longer than any Terraform run, and starts a little early for clocks that differ. */
const validFor = 30 * day;
const startsBefore = 5 * minute;

/** P-256, DNS name `localhost`, CA, server authentication: what Terraform's plugin client verifies against. */
export function selfSignedCertificate(context: ProviderContext): Certificate {
  const keys = generateKeyPair();
  const now = context.now();
  const certificate = issueCertificate({
    subject: hostName,
    publicKey: keys.publicKey,
    issuer: { subject: hostName, ...keys },
    serialNumber: context.entropy(16),
    notBefore: now - startsBefore,
    notAfter: now + validFor,
    authority: true,
    keyUsage: ['digitalSignature', 'keyAgreement', 'keyCertSign'],
    extendedKeyUsage: ['serverAuth', 'clientAuth'],
    dnsNames: [hostName],
  });
  return {
    privateKeyPem: privateKeyPem(keys),
    certificatePem: certificatePem(certificate),
    handshakeForm: Buffer.from(certificate).toString('base64').replace(/=+$/, ''),
  };
}
