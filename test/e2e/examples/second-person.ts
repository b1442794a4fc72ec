/** The other one of the two people that the deletion of a key takes (behaviour.md A1; ibm-control-plane.md 6.1.2). */
import { requestJson } from '../../../cli/http';
import { selectKey } from '../../../cli/key-selector';
import { PlatformClient } from '../../../cli/platform-client';
import { secondPerson } from './applied-example';

async function token(url: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    apikey: secondPerson,
  });
  const { body: granted } = await requestJson(url, { method: 'POST', path: '/identity/token', body });
  return (granted as { access_token: string }).access_token;
}

/** Sets the key of that name for deletion; whoever deletes it next is the second one. */
export async function scheduleDeletion(url: string, name: string): Promise<void> {
  const key = selectKey(await new PlatformClient(url).graph(), name);
  const { status } = await requestJson(url, {
    method: 'POST',
    path: `/api/v2/keys/${key.id}/actions/setKeyForDeletion`,
    headers: { authorization: `Bearer ${await token(url)}`, 'bluemix-instance': key.instance },
  });
  expect(status).toBe(204);
}
