/**
 * Create, update and delete. What a resource tells goes on top of what was planned; a failure never invents state:
 *
 * | what failed | the state afterwards |
 * |---|---|
 * | create, before the object exists | none |
 * | create, after `saveState` | the planned values and what was saved, tainted |
 * | update | the prior state and what was saved |
 * | delete | the prior state |
 */
import { overlay, withoutUnknowns } from '../complete';
import { sameValue } from '../equality';
import type { CreateRequest, PrivateData, WriteResponse } from '../resource';
import { sdkSettledState } from '../sdk-equivalence';
import type { ValueObject } from '../values';
import { wellTyped } from '../well-typed';
import type { ServedResource } from './catalog';
import { attempt, type Instance, type Operation, operation } from './instance';
import type { Outcome } from './outcome';

export interface ApplyRequest {
  readonly typeName: string;
  readonly prior: ValueObject | null;
  /** Null when the resource is to be destroyed. */
  readonly planned: ValueObject | null;
  readonly config: ValueObject | null;
  readonly private: PrivateData | undefined;
}

export interface ApplyOutcome extends Outcome {
  /** Null when there is no object. */
  readonly state: ValueObject | null;
  readonly private: PrivateData | undefined;
  readonly legacyTypeSystem: boolean;
}

export async function applyResourceChange(instance: Instance, request: ApplyRequest): Promise<ApplyOutcome> {
  const served = instance.catalog.resources.get(request.typeName);
  const { prior, planned } = request;
  if (planned && !prior) return create(served, instance, { ...request, planned });
  if (planned && prior) return update(served, instance, { ...request, planned, prior });
  return remove(served, instance, request);
}

type Planned = ApplyRequest & { readonly planned: ValueObject };
type Existing = Planned & { readonly prior: ValueObject };

async function create(served: ServedResource, instance: Instance, request: Planned): Promise<ApplyOutcome> {
  const running = operation(instance, served.schema, 'create', request.planned);
  const write = new Write(served, running, request);
  const response = await attempt(running, () => served.definition.create(write.request));
  return write.outcome(response, undefined);
}

async function update(served: ServedResource, instance: Instance, request: Existing): Promise<ApplyOutcome> {
  const { schema, definition } = served;
  const { prior, planned } = request;
  const running = operation(instance, schema, 'update', planned);
  const write = new Write(served, running, request);
  const type = (name: string) => schema.type[1][name] ?? 'dynamic';
  const changed = (...names: readonly string[]): boolean =>
    names.some((name) => !sameValue(type(name), prior[name] ?? null, planned[name] ?? null));
  const response = await attempt(running, async () => {
    if (!definition.update) throw new Error('objects of this type cannot be changed, only replaced');
    return definition.update({ ...write.request, prior, changed, private: request.private });
  });
  return write.outcome(response, prior);
}

async function remove(
  served: ServedResource,
  instance: Instance,
  request: ApplyRequest,
): Promise<ApplyOutcome> {
  const { prior } = request;
  const running = operation(instance, served.schema, 'delete', prior);
  if (prior) {
    await attempt(running, () =>
      served.definition.delete({ ...running, state: prior, private: request.private }),
    );
  }
  const failed = running.diagnostics.hasErrors;
  return {
    state: failed ? prior : null,
    private: failed ? request.private : undefined,
    diagnostics: running.diagnostics.items,
    legacyTypeSystem: served.legacy,
  };
}

/** A create or update under way: what was planned, and what the resource has said of the object so far. */
class Write {
  readonly request: CreateRequest<ValueObject, unknown>;
  private readonly plan: ValueObject;
  private saved: ValueObject | undefined;

  constructor(
    private readonly served: ServedResource,
    private readonly running: Operation,
    private readonly asked: Planned,
  ) {
    const { block } = served.schema;
    this.plan = withoutUnknowns(block, asked.planned);
    this.request = {
      ...running,
      plan: this.plan,
      config: withoutUnknowns(block, asked.config ?? {}),
      saveState: (state) => {
        this.saved = { ...this.saved, ...(state as ValueObject) };
      },
    };
  }

  /** `prior` is what remains when it failed before anything was saved. */
  outcome(response: WriteResponse<ValueObject> | undefined, prior: ValueObject | undefined): ApplyOutcome {
    const state = this.state(response, prior);
    return {
      state,
      private: response?.private ?? this.asked.private,
      diagnostics: this.running.diagnostics.items,
      legacyTypeSystem: this.served.legacy,
    };
  }

  private state(
    response: WriteResponse<ValueObject> | undefined,
    prior: ValueObject | undefined,
  ): ValueObject | null {
    const { schema, legacy } = this.served;
    const told = { ...this.saved, ...(response?.state as ValueObject | undefined) };
    const observed = wellTyped(schema, told, this.running.diagnostics);
    if (!response) return this.saved ? overlay(schema.block, prior ?? this.plan, observed) : (prior ?? null);
    const state = overlay(schema.block, this.plan, observed);
    return legacy ? (sdkSettledState(schema.type, this.asked.planned, state, 'apply') as ValueObject) : state;
  }
}
