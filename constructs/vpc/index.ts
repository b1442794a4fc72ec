export type { VolumeProfileName } from '../../domain/vpc/profiles';
export { EncryptedVolume, type EncryptedVolumeProps, type IVolume } from './encrypted-volume';
