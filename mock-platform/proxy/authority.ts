/**
 * The certificate authority of one proxy: made when it starts, its key never leaves the process. Neither a seed nor the
 * platform's clock has a say: a client trusts it, and checks it by the machine's time.
 */
import { certificatePem, generateKeyPair, issueCertificate, privateKeyPem } from '../../certificates/issue';
import { day, type Instant, minute } from '../../domain/time';
import type { RandomSource } from '../kernel/context';

/** What a TLS server proves itself with, as PEM. */
export interface HostIdentity {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  /** What clients are to trust, as PEM. */
  readonly certificate: string;
  identityFor(host: string): HostIdentity;
}

const subject = 'Keyquake proxy CA';

/** Longer than a platform runs, shorter than the 398 days that some clients accept. Starts early for clocks that differ. */
const validFor = 397 * day;
const startsBefore = 5 * minute;

export function createAuthority({
  now,
  random,
}: {
  readonly now: Instant;
  readonly random: RandomSource;
}): Authority {
  const keys = generateKeyPair();
  const hostKeys = generateKeyPair();
  const common = {
    issuer: { subject, ...keys },
    notBefore: now - startsBefore,
    notAfter: now + validFor,
  };
  const own = issueCertificate({
    ...common,
    subject,
    publicKey: keys.publicKey,
    serialNumber: random.bytes(16),
    authority: true,
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  return {
    certificate: certificatePem(own),
    identityFor(host) {
      const certificate = issueCertificate({
        ...common,
        // The name of the host may be longer than a common name can be; clients read the DNS names.
        subject: 'Keyquake proxy',
        publicKey: hostKeys.publicKey,
        serialNumber: random.bytes(16),
        authority: false,
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: ['serverAuth'],
        dnsNames: [host],
      });
      return { key: privateKeyPem(hostKeys), cert: certificatePem(certificate) };
    },
  };
}
