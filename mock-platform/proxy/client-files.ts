/** Files that lead clients to the platform, in a folder of their own that is gone when the proxy closes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpointsOf } from '../../domain/endpoints';
import { regionNames } from '../../domain/regions';

export interface ClientFiles {
  /** For `SSL_CERT_FILE`, PEM. */
  readonly ca: string;
  /** For `IBMCLOUD_ENDPOINTS_FILE_PATH`, JSON. */
  readonly endpoints: string;
  remove(): void;
}

/**
 * The vendor's endpoints file for the platform at `url`: variable → visibility → region → URL.
 * Source: ibm-control-plane.md 2.2.
 */
export function endpointsDocument(url: string): Record<string, Record<string, Record<string, string>>> {
  const everywhere = (endpoint: string) => {
    const regions = Object.fromEntries(regionNames.map((region) => [region, endpoint]));
    return { public: regions, private: regions };
  };
  return Object.fromEntries(
    Object.entries(endpointsOf(url)).map(([name, endpoint]) => [name, everywhere(endpoint)]),
  );
}

export function writeClientFiles(content: {
  readonly certificate: string;
  readonly platformUrl: string;
}): ClientFiles {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-proxy-'));
  const ca = join(folder, 'ca.pem');
  const endpoints = join(folder, 'endpoints.json');
  writeFileSync(ca, content.certificate);
  writeFileSync(endpoints, `${JSON.stringify(endpointsDocument(content.platformUrl), null, 2)}\n`);
  return { ca, endpoints, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
