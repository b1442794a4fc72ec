/** Audit events of what a service does by itself when its time has come. (behaviour.md A4) */
import type { Instant } from '../../domain/time';
import { auditEvent } from './audit';
import type { AuditDetail, Session } from './operation';

export interface ActingService {
  /** Catalog name. */
  readonly name: string;
  /** The vendor's name of it. */
  readonly title: string;
}

export async function recordByService(
  session: Session,
  service: ActingService,
  at: Instant,
  detail: AuditDetail,
): Promise<void> {
  const { context, options, requestId } = session;
  const identity = {
    iamId: `iam-ServiceId-${service.name}`,
    account: options.account,
    type: 'service-id',
    name: service.title,
  } as const;
  const source = { id: context.ids.uuid(), now: at, identity, requestId };
  await session.tx.append(auditEvent(source, detail, { outcome: 'success', status: 200 }));
}
