/**
 * Operations of the vendor's API that answer 501: KMIP is outside the reference (ibm-control-plane.md 6.1.2), intents to
 * migrate keys are known from the vendor's Node client 0.4 only.
 */
import type { UnemulatedOperation } from '../../kernel/operation';

export const unemulated: readonly UnemulatedOperation[] = [
  { operation: 'createKMIPAdapter', method: 'POST', path: '/api/v2/kmip_adapters' },
  { operation: 'getKMIPAdapters', method: 'GET', path: '/api/v2/kmip_adapters' },
  { operation: 'getKMIPAdapter', method: 'GET', path: '/api/v2/kmip_adapters/:adapter' },
  { operation: 'deleteKMIPAdapter', method: 'DELETE', path: '/api/v2/kmip_adapters/:adapter' },
  {
    operation: 'addKMIPClientCertificate',
    method: 'POST',
    path: '/api/v2/kmip_adapters/:adapter/certificates',
  },
  {
    operation: 'getKMIPClientCertificates',
    method: 'GET',
    path: '/api/v2/kmip_adapters/:adapter/certificates',
  },
  {
    operation: 'getKMIPClientCertificate',
    method: 'GET',
    path: '/api/v2/kmip_adapters/:adapter/certificates/:certificate',
  },
  {
    operation: 'deleteKMIPClientCertificate',
    method: 'DELETE',
    path: '/api/v2/kmip_adapters/:adapter/certificates/:certificate',
  },
  { operation: 'getKMIPObjects', method: 'GET', path: '/api/v2/kmip_adapters/:adapter/kmip_objects' },
  { operation: 'getKMIPObject', method: 'GET', path: '/api/v2/kmip_adapters/:adapter/kmip_objects/:object' },
  {
    operation: 'deleteKMIPObject',
    method: 'DELETE',
    path: '/api/v2/kmip_adapters/:adapter/kmip_objects/:object',
  },
  { operation: 'createMigrationIntent', method: 'POST', path: '/api/v2/keys/:id/migrationIntent' },
  { operation: 'getMigrationIntent', method: 'GET', path: '/api/v2/keys/:id/migrationIntent' },
  { operation: 'deleteMigrationIntent', method: 'DELETE', path: '/api/v2/keys/:id/migrationIntent' },
  { operation: 'eventAcknowledge', method: 'POST', path: '/api/v2/event_ack' },
];
