import { ResourceGroup } from '../../../constructs';
import { keyProtect, reference, synthesize } from '../support';

test('a resource group is created and used by its id', () => {
  const stack = synthesize((scope) => {
    keyProtect(scope, { resourceGroup: new ResourceGroup(scope, 'group', { name: 'production' }) });
  });
  expect(stack.resource('ibm_resource_group.group')).toEqual({ name: 'production' });
  expect(stack.resource('ibm_resource_instance.kms')).toMatchObject({
    resource_group_id: reference('ibm_resource_group.group.id'),
  });
});

test('a resource group is looked up by its name', () => {
  const stack = synthesize((scope) => {
    keyProtect(scope, { resourceGroup: ResourceGroup.fromResourceGroupName(scope, 'group', 'production') });
  });
  expect(JSON.parse(stack.json).data).toEqual({
    ibm_resource_group: { group: { name: 'production' } },
  });
  expect(stack.resource('ibm_resource_instance.kms')).toMatchObject({
    resource_group_id: reference('data.ibm_resource_group.group.id'),
  });
});

test('a resource group without a name is called by its path, and warns of an e-mail address in one', () => {
  const stack = synthesize((scope) => {
    new ResourceGroup(scope, 'one');
    new ResourceGroup(scope, 'two', { name: 'jane@example.com' });
  });
  expect(stack.resource('ibm_resource_group.one')).toEqual({ name: 'stack-one' });
  expect(stack).toWarn('stack/two', "name 'jane@example.com' holds an e-mail address");
});
