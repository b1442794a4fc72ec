import { isVolumeProfile, volumeProfileNames } from '../../../../domain/vpc/profiles';
import { type Answer, type Input, ok, type Session } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { profileNotFound } from '../errors';
import type { VolumeProfileList } from '../gen/volume-profile-list';
import { pageOf } from '../paging';
import { presentProfile, vpcHref } from '../present';

type Handler = (session: Session, input: Input<undefined>) => Promise<Answer>;

export const listVolumeProfiles: Handler = async (session, { query }) => {
  const { items, links } = pageOf(
    volumeProfileNames,
    (name) => name,
    vpcHref(session, '/volume/profiles'),
    query,
  );
  return ok<Wire<VolumeProfileList>>({
    ...links,
    profiles: items.map((name) => presentProfile(session, name)),
  });
};

export const getVolumeProfile: Handler = async (session, { params }) => {
  const { name = '' } = params;
  if (!isVolumeProfile(name)) throw profileNotFound(name, volumeProfileNames);
  return ok(presentProfile(session, name));
};
