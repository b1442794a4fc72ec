// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import type { World } from '../../../../domain/world';
import { edges, nodeIn, reasons, stack, withBase } from './stacks';

describe('ibm_resource_instance', () => {
  it.each([
    ['kms', { kind: 'kms-instance', service: 'kms', name: 'x', region: 'us-south' }],
    ['hs-crypto', { kind: 'kms-instance', service: 'hs-crypto' }],
    ['secrets-manager', { kind: 'secrets-manager-instance', name: 'x', region: 'us-south' }],
  ])('of %s is a node', (service, facts) => {
    const world = stack({
      ibm_resource_instance: { x: { name: 'x', service, plan: 'p', location: 'us-south' } },
    });
    expect(nodeIn(world, 'ibm_resource_instance.x')).toMatchObject(facts);
  });

  it('of another service is none and is reported only when it uses a key', () => {
    const cos = { name: 'x', service: 'cloud-object-storage', plan: 'p', location: 'global' };
    expect(withBase({ ibm_resource_instance: { x: cos } }).unmapped).toEqual([]);
    const using = withBase({
      ibm_resource_instance: { x: { ...cos, parameters: { key: '${ibm_kms_key.k.crn}' } } },
    });
    expect(reasons(using)).toEqual([
      [
        'ibm_resource_instance.x',
        'there is no rule for cloud-object-storage instances yet, and it depends on ibm_kms_key.k (through parameters)',
      ],
    ]);
  });

  const sm = (parameters: object): World =>
    withBase({
      ibm_resource_instance: {
        sm: { name: 'sm', service: 'secrets-manager', plan: 'p', location: 'us-south', ...parameters },
      },
    });

  it.each([
    ['parameters', { parameters: { kms_key: '${ibm_kms_key.k.crn}' } }],
    [
      'JSON text',
      {
        parameters_json:
          '{"kms_instance": "${ibm_resource_instance.kp.crn}", "kms_key": "${ibm_kms_key.k.crn}"}',
      },
    ],
    ['jsonencode', { parameters_json: '${jsonencode({ kms_key = ibm_kms_key.k.crn })}' }],
    ['a base64 of the whole that is not computed', { parameters_json: '${file(ibm_kms_key.k.crn)}' }],
  ])('of secrets-manager takes its key from %s', (_, parameters) => {
    expect(edges(sm(parameters), 'protects')).toEqual(['ibm_kms_key.k -> ibm_resource_instance.sm']);
  });

  it.each([
    ['no parameters', {}],
    ['others', { parameters: { 'allowed-network': 'private-only' } }],
    ['other JSON', { parameters_json: '{"kms_instance": "${ibm_resource_instance.kp.crn}"}' }],
    ['no JSON', { parameters_json: 'CANARY' }],
  ])('of secrets-manager with %s has a key of the provider', (_, parameters) => {
    expect(sm(parameters).edges.filter(({ type }) => type === 'protects')).toEqual([]);
    expect(sm(parameters).unmapped).toEqual([]);
  });

  it('of secrets-manager whose parameters are not known is reported', () => {
    const world = withBase(
      {
        ibm_resource_instance: {
          sm: {
            name: 'sm',
            service: 'secrets-manager',
            plan: 'p',
            location: 'us-south',
            parameters: '${var.p}',
          },
        },
      },
      { variable: { p: {} } },
    );
    expect(reasons(world)).toEqual([
      [
        'ibm_resource_instance.sm',
        'parameters.kms_key is not known before apply: it comes from var.p, which has no value in a synthesized stack (a plan shows it)',
      ],
    ]);
  });
});
