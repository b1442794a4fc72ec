/** Reclamations: instances that were deleted and can still be restored. (ibm-control-plane.md 6.4.2) */
import { type Duration, day } from '../../../domain/time';
import { collection } from '../../kernel/store/store';

/** How long a deleted instance can be restored (behaviour.md B5). */
export const reclamationPeriod: Duration = 7 * day;

export interface ReclamationDocument {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly instanceGuid: string;
  readonly instanceCrn: string;
  readonly resourceGroupId: string;
  readonly account: string;
  /** RFC 3339; when the instance is removed by itself. */
  readonly targetTime: string;
  readonly createdAt: string;
  /** IAM id. */
  readonly createdBy: string;
}

/** Scope: the account; name: the instance's GUID. One that has ended is removed. */
export const reclamations = collection<ReclamationDocument>('reclamation');
