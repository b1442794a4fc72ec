/** The metadata of secrets (ibm-control-plane.md 6.2.1, 6.2.3). A lock does not protect it: it protects the data. */
import { formatInstant } from '../../../../domain/time';
import { ok, type Session } from '../../../kernel/operation';
import { secretDestroyed } from '../errors';
import type { UpdateSecretMetadata } from '../gen/update-secret-metadata';
import type { InstanceHandler } from '../instance';
import { type SecretDocument, uniqueName } from '../model';
import { presentMetadata } from '../present';
import { checkExpiration, checkMetadata, checkSecretName } from '../rules';
import { loadSecret, settled, summaryOf } from '../secret';

type Handler<Body = undefined> = InstanceHandler<Body>;

export const getSecretMetadata: Handler = async (session, instance, { params }) => {
  return ok(presentMetadata(await loadSecret(session, instance, params['id'])));
};

/** Custom metadata is replaced as a whole, as the vendor's provider expects (inferred). */
export const updateSecretMetadata: Handler<UpdateSecretMetadata> = async (
  session,
  instance,
  { params, body },
) => {
  const secret = await loadSecret(session, instance, params['id']);
  const { stored } = secret;
  const { doc } = stored;
  if (body.name !== undefined && body.name !== doc.name)
    await checkSecretName(session, instance, doc.secretType, body.name);
  const { description: _, expiresAt: __, ...fixed } = doc;
  const description = body.description === undefined ? doc.description : body.description;
  const expiresAt = expirationAfter(session, doc, body);
  const changed: SecretDocument = {
    ...fixed,
    name: body.name ?? doc.name,
    ...(description != null && { description }),
    labels: body.labels === undefined ? doc.labels : (body.labels ?? []),
    customMetadata:
      body.custom_metadata === undefined
        ? doc.customMetadata
        : checkMetadata('custom_metadata', body.custom_metadata),
    ...(expiresAt !== undefined && { expiresAt }),
    updatedAt: formatInstant(session.now),
  };
  const name = uniqueName(doc.secretType, changed.name);
  const updated = await session.tx.update(stored, { doc: changed, name });
  session.describe({ before: summaryOf(stored), after: summaryOf(updated) });
  return ok(presentMetadata(await settled(session, updated)));
};

function expirationAfter(
  session: Session,
  doc: SecretDocument,
  { expiration_date: date }: UpdateSecretMetadata,
): string | undefined {
  if (date === undefined) return doc.expiresAt;
  if (doc.state === 'destroyed') throw secretDestroyed(doc.id);
  return date === null ? undefined : checkExpiration(session, date);
}
