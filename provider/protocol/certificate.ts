/** The certificate that a managed plugin presents: self-signed, made anew at every start. */
import * as x509 from '@peculiar/x509';
import { day, minute } from '../../domain/time';
import type { ProviderContext } from '../core/context';

export interface Certificate {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** DER in base64 without padding: its form in the handshake. */
  readonly handshakeForm: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Its life is longer than any Terraform run, and starts a little early for clocks that differ. */
const validFor = 30 * day;
const startsBefore = 5 * minute;

/** P-256, DNS name `localhost`, CA, server authentication: what Terraform's plugin client verifies against. */
export async function selfSignedCertificate(context: ProviderContext): Promise<Certificate> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const now = context.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(context.randomBytes(16)).toString('hex'),
    name: 'CN=localhost,O=Keyquake',
    notBefore: new Date(now - startsBefore),
    notAfter: new Date(now + validFor),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }]),
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature |
          x509.KeyUsageFlags.keyAgreement |
          x509.KeyUsageFlags.keyCertSign,
        true,
      ),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
    ],
  });
  const privateKey = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  return {
    privateKeyPem: x509.PemConverter.encode(privateKey, 'PRIVATE KEY'),
    certificatePem: certificate.toString('pem'),
    handshakeForm: Buffer.from(certificate.rawData).toString('base64').replace(/=+$/, ''),
  };
}
