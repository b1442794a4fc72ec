/**
 * Side effects that fall due by the clock. Nothing runs on a timer: before each request, in its transaction, every
 * settler does what has fallen due since the last one, as of the moment that it was due.
 */
import type { Session } from './operation';

export type Settler = (session: Session) => Promise<void>;
