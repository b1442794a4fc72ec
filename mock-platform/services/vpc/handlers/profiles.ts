import { isVolumeProfile, volumeProfileNames } from '../../../../domain/vpc/profiles';
import { type Answer, type Input, ok, type Session } from '../../../kernel/operation';
import { profileNotFound } from '../errors';
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
  return ok({ ...links, profiles: items.map((name) => presentProfile(session, name)) });
};

export const getVolumeProfile: Handler = async (session, { params }) => {
  const { name = '' } = params;
  if (!isVolumeProfile(name)) throw profileNotFound(name, volumeProfileNames);
  return ok(presentProfile(session, name));
};
