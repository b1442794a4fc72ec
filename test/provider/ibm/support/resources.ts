/** Resources of the stand-in called as the core calls them. */

import { Diagnostics } from '../../../../provider/core/diagnostics';
import type { AnyState, CreateRequest, ReadRequest } from '../../../../provider/core/resource';
import { Catalog } from '../../../../provider/core/server/catalog';
import type { ValueObject } from '../../../../provider/core/values';
import type { IbmSession } from '../../../../provider/ibm/client/session';
import { ibmProvider } from '../../../../provider/ibm/provider';

const catalog = new Catalog(ibmProvider);

export const signal: AbortSignal = new AbortController().signal;

export function resource(type: string) {
  return catalog.resources.get(type).definition;
}

type Request = CreateRequest<AnyState, unknown>;

interface Creation {
  readonly request: Request;
  readonly saved: ValueObject;
}

/** A create request, and what the resource saved of the object before it was done. */
export function creation(session: IbmSession, plan: ValueObject, timeout?: number): Creation {
  const saved: ValueObject = {};
  const request = {
    client: session as unknown,
    plan,
    config: plan,
    signal,
    timeout,
    diagnostics: new Diagnostics(),
    saveState: (state: AnyState) => Object.assign(saved, state),
  };
  return { request, saved };
}

/** A read or delete request. */
export function ofState(session: IbmSession, state: ValueObject): ReadRequest<AnyState, unknown> {
  return {
    client: session as unknown,
    state,
    signal,
    timeout: undefined,
    private: undefined,
    diagnostics: new Diagnostics(),
  };
}
