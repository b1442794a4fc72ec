export { type IResourceGroup, ResourceGroup, type ResourceGroupProps } from './resource-group';
export { type IServiceInstance, ServiceInstance, type ServiceInstanceProps } from './service-instance';
