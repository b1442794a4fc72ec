/** Audit events of what the service does by itself when its time has come. (behaviour.md A4) */
import type { Instant } from '../../../domain/time';
import { auditEvent } from '../../kernel/audit';
import type { Identity } from '../../kernel/identity';
import type { AuditDetail, Session } from '../../kernel/operation';

function theService(account: string): Identity {
  return { iamId: 'iam-ServiceId-key-protect', account, type: 'service-id', name: 'Key Protect' };
}

export async function recordByService(session: Session, at: Instant, detail: AuditDetail): Promise<void> {
  const { context, options, requestId } = session;
  const identity = theService(options.account);
  const source = { id: context.ids.uuid(), now: at, identity, requestId };
  await session.tx.append(auditEvent(source, detail, { outcome: 'success', status: 200 }));
}
