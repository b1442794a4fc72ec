/**
 * Those who count requests. An observer is asked in the transaction of a request, before anything else is, whether it
 * wants to know how the request ends, and is told when it has: what it keeps is no part of the store, so that counting
 * a read does not make a write of it.
 */
import type { Instant } from '../../domain/time';
import type { Input, Operation, Service, Session } from './operation';

export interface ObservedRequest {
  readonly service: Service;
  readonly operation: Operation;
  readonly input: Input<unknown>;
}

export interface RequestEnd {
  /** HTTP status of the answer. */
  readonly status: number;
  readonly receivedAt: Instant;
  readonly answeredAt: Instant;
}

type Listener = (end: RequestEnd) => void;

/** Answers who is to be told, if anybody. The caller is not known yet: the identity of the session is the owner's. */
export type RequestObserver = (session: Session, request: ObservedRequest) => Promise<Listener | undefined>;

/** One request, as its observers see it. */
export class Observation {
  private listeners: readonly Listener[] = [];

  constructor(private readonly observers: readonly RequestObserver[]) {}

  /** Called again when the transaction is begun anew: what was wanted to be known of the lost one is forgotten. */
  async begin(session: Session, request: ObservedRequest): Promise<void> {
    const listeners: Listener[] = [];
    for (const observe of this.observers) {
      const listener = await observe(session, request);
      if (listener) listeners.push(listener);
    }
    this.listeners = listeners;
  }

  end(end: RequestEnd): void {
    for (const listen of this.listeners) listen(end);
  }
}
