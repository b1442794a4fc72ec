/** The services of the platform, in the order in which their paths are tried. */
import type { RoleReader } from '../kernel/authorization';
import type { Service } from '../kernel/operation';
import type { WorldContributor } from '../kernel/world';

export const services: readonly Service[] = [];

/** Answers role questions from the access policies in the store. */
export const roleReader: RoleReader = async () => true;

/** What each service holds, for `GET /_keyquake/graph`. */
export const contributors: readonly WorldContributor[] = [];
