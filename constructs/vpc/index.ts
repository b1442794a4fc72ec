export { EncryptedVolume, type EncryptedVolumeProps, type IVolume } from './encrypted-volume';
