/** The global catalog that nock plays: one service `kms` with one plan `tiered` in us-south (ibm-control-plane.md 6.4.4). */
import nock from 'nock';
import { api } from './session';

const service = {
  id: 's-1',
  name: 'kms',
  kind: 'service',
  metadata: { service: { rc_provisionable: true } },
};
const deployment = {
  id: 'd-1',
  name: 'd',
  catalog_crn: 'crn:d-1',
  metadata: { rc_compatible: true, deployment: { location: 'us-south' } },
};

/** Each is asked for once. */
export const catalog = {
  services: (status: number, body: object = { resources: [service] }) =>
    nock(api).get('/api/v1/').query({ include: '*', q: 'kms' }).reply(status, body),
  plans: (status: number, body: object = { resources: [{ id: 'p-1', name: 'tiered' }] }) =>
    nock(api).get('/api/v1/s-1/plan').reply(status, body),
  deployments: (status: number, body: object = { resources: [deployment] }) =>
    nock(api).get('/api/v1/p-1/deployment').query({ include: '*' }).reply(status, body),
};
