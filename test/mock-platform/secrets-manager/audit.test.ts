/** Audit events: actions of the vendor's activity tracking, outcome, target, before and after (behaviour.md A4). */
import { startWithInstance } from './support';

test('every change, every reading of a payload and every refusal is told', async () => {
  const { platform, secretsManager } = await startWithInstance();
  try {
    const { id, crn } = await secretsManager.secret();
    await secretsManager.request('GET', `/secrets/${id}`);
    await secretsManager.request('PATCH', `/secrets/${id}/metadata`, { name: 'renamed' });
    await secretsManager.lock(id, ['lock-1']);
    await secretsManager.rotate(id, 'second');
    await secretsManager.rotate(id, 'third');
    await secretsManager.request('GET', `/secrets/${id}/versions/previous`);
    await secretsManager.request('DELETE', `/secrets/${id}/versions/previous/locks_bulk`);
    await secretsManager.request('DELETE', `/secrets/${id}/versions/previous/secret_data`);
    await secretsManager.request('DELETE', `/secrets/${id}`);
    const { body } = await platform.request('GET', `/_keyquake/events?target=${encodeURIComponent(crn)}`);
    const told = body.events.map(({ action, outcome, reason }: Record<string, { reasonCode: number }>) => [
      action,
      outcome,
      reason?.reasonCode,
    ]);
    expect(told).toEqual([
      ['secrets-manager.secret.create', 'success', 201],
      ['secrets-manager.secret.read', 'success', 200],
      ['secrets-manager.secret-metadata.update', 'success', 200],
      ['secrets-manager.secret-locks.create', 'success', 201],
      ['secrets-manager.secret-version.create', 'success', 201],
      ['secrets-manager.secret-version.create', 'failure', 412],
      ['secrets-manager.secret-version.read', 'success', 200],
      ['secrets-manager.secret-version-locks.delete', 'success', 200],
      ['secrets-manager.secret-version-data.delete', 'success', 204],
      ['secrets-manager.secret.delete', 'success', 204],
    ]);
    expect(body.events[2]).toMatchObject({ before: { name: 'db' }, after: { name: 'renamed' } });
    expect(body.events[3]).toMatchObject({ before: { locks: [] }, after: { locks: [{ name: 'lock-1' }] } });
  } finally {
    await platform.close();
  }
});
