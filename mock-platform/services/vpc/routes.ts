/** VPC Infrastructure Services: block storage volumes and their profiles (ibm-vpc.md 3.1). */
import { definitionOf, operation, operationWithBody, type Service } from '../../kernel/operation';
import { vpcDialect } from './errors';
import type { CreateVolume } from './gen/create-volume';
import type { UpdateVolume } from './gen/update-volume';
import { getVolumeProfile, listVolumeProfiles } from './handlers/profiles';
import { createVolume, deleteVolume, getVolume, listVolumes, updateVolume } from './handlers/volumes';
import callQuery from './schema/call-query.json';
import createVolumeSchema from './schema/create-volume.json';
import listQuery from './schema/list-query.json';
import listVolumesQuery from './schema/list-volumes-query.json';
import updateVolumeSchema from './schema/update-volume.json';
import volumeListSchema from './schema/volume-list.json';
import profileListSchema from './schema/volume-profile-list.json';
import { auditTarget, volumeTargets } from './targets';
import { unemulated, vpcPaths } from './unemulated';

const volumeSchema = definitionOf(volumeListSchema, 'Volume');
const reads = { action: 'is.volume.volume.read', role: 'Viewer' } as const;

export const vpcService: Service = {
  name: 'vpc',
  title: 'VPC Infrastructure Services',
  dialect: vpcDialect,
  hosts: [/^(?<region>[a-z]{2}-[a-z]+)\.(?:private\.)?iaas\.cloud\.ibm\.com$/],
  paths: vpcPaths,
  accessTargets: volumeTargets,
  auditTarget,
  unemulated,
  operations: [
    operation({
      operation: 'listVolumes',
      method: 'GET',
      path: '/v1/volumes',
      access: reads,
      query: listVolumesQuery,
      response: volumeListSchema,
      handle: listVolumes,
    }),
    operationWithBody<CreateVolume>({
      operation: 'createVolume',
      method: 'POST',
      path: '/v1/volumes',
      access: { action: 'is.volume.volume.create', role: 'Editor' },
      query: callQuery,
      audit: 'is.volume.volume.create',
      schema: createVolumeSchema,
      response: volumeSchema,
      handle: createVolume,
    }),
    operation({
      operation: 'getVolume',
      method: 'GET',
      path: '/v1/volumes/:id',
      access: reads,
      query: callQuery,
      response: volumeSchema,
      handle: getVolume,
    }),
    operationWithBody<UpdateVolume>({
      operation: 'updateVolume',
      method: 'PATCH',
      path: '/v1/volumes/:id',
      access: { action: 'is.volume.volume.update', role: 'Editor' },
      query: callQuery,
      audit: 'is.volume.volume.update',
      schema: updateVolumeSchema,
      response: volumeSchema,
      handle: updateVolume,
    }),
    operation({
      operation: 'deleteVolume',
      method: 'DELETE',
      path: '/v1/volumes/:id',
      access: { action: 'is.volume.volume.delete', role: 'Editor' },
      query: callQuery,
      audit: 'is.volume.volume.delete',
      handle: deleteVolume,
    }),
    operation({
      operation: 'listVolumeProfiles',
      method: 'GET',
      path: '/v1/volume/profiles',
      access: 'authenticated',
      query: listQuery,
      response: profileListSchema,
      handle: listVolumeProfiles,
    }),
    operation({
      operation: 'getVolumeProfile',
      method: 'GET',
      path: '/v1/volume/profiles/:name',
      access: 'authenticated',
      query: callQuery,
      response: definitionOf(profileListSchema, 'PresentedProfile'),
      handle: getVolumeProfile,
    }),
  ],
};
