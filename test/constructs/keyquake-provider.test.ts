/** Our provider comes with the first construct that needs it, once, and gives way to one that the user adds. */
import type { TerraformStack } from 'cdktf';
import { IbmProvider, KeyquakeProvider, RootKey } from '../../constructs';
import { synthesized } from '../../constructs/testing';
import { keyProtect, newStack, synthesize } from './support';

function twoKeys(scope: TerraformStack): void {
  const instance = keyProtect(scope);
  for (const id of ['one', 'two']) new RootKey(scope, id, { instance, state: 'active' });
}

function providers(define: (stack: TerraformStack) => void): unknown {
  return JSON.parse(synthesize(define).json).provider;
}

test('it is added once, for the region of ibm', () => {
  expect(providers(twoKeys)).toEqual({
    ibm: [{ region: 'us-south' }],
    keyquake: [{ region: 'us-south' }],
  });
});

test('it gives way to one that is there', () => {
  const defined = providers((scope) => {
    new KeyquakeProvider(scope, 'mine', { url: 'http://127.0.0.1:4510' });
    twoKeys(scope);
  });
  expect(defined).toMatchObject({ keyquake: [{ url: 'http://127.0.0.1:4510' }] });
});

test('it gives way to one that comes later', () => {
  const defined = providers((scope) => {
    twoKeys(scope);
    new KeyquakeProvider(scope, 'keyquake', { url: 'http://127.0.0.1:4510' });
  });
  expect(defined).toMatchObject({ keyquake: [{ url: 'http://127.0.0.1:4510' }] });
});

test('it stands beside one with an alias, which resources have to ask for', () => {
  const defined = providers((scope) => {
    new IbmProvider(scope, 'germany', { alias: 'germany', region: 'eu-de' });
    new KeyquakeProvider(scope, 'germany-too', { alias: 'germany', region: 'eu-de' });
    twoKeys(scope);
  });
  expect(defined).toMatchObject({
    keyquake: [{ alias: 'germany', region: 'eu-de' }, { region: 'us-south' }],
  });
});

test('synthesizing again adds nothing', () => {
  const stack = newStack();
  twoKeys(stack);
  const first = synthesized(stack).json;
  expect(synthesized(stack).json).toBe(first);
});
