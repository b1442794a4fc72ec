/**
 * One request, from bytes to answer: identify, validate, run the handler in one transaction, write the audit event,
 * speak the service's dialect when it refuses. A lost race on a revision is tried again, then refused.
 */
import type { Request, Response } from 'express';
import { crnOfTarget } from '../access-target';
import { type AuditOutcome, auditEvent, type Recorder, recorder } from '../audit';
import { authenticate } from '../authentication';
import { authorize, type RoleReader } from '../authorization';
import type { Context } from '../context';
import { type ErrorContext, explanation, type Problem, ServiceError } from '../errors';
import { type Identity, ownerOf } from '../identity';
import type { Logger } from '../logger';
import { Observation, type RequestObserver } from '../observation';
import {
  type Answer,
  type AuditDetail,
  accessFor,
  type Input,
  type Operation,
  type Service,
  type Session,
} from '../operation';
import type { PlatformOptions } from '../options';
import type { Settler } from '../settling';
import { RevisionConflictError, type Store, type Transaction } from '../store/store';
import type { TokenAuthority } from '../tokens';
import type { Validator } from '../validation';
import type { Vault } from '../vault';
import { ClientGoneError, readBody, readBytes } from './body';
import { NonconformingAnswerError, verifyAnswer, verifyRefusal } from './conformance';
import { checkQuery, clientAddressOf, headersOf, queryOf } from './parameters';

export interface Kernel {
  readonly store: Store;
  readonly context: Context;
  readonly vault: Vault;
  readonly tokens: TokenAuthority;
  readonly options: PlatformOptions;
  readonly validator: Validator;
  readonly logger: Logger;
  readonly roles: RoleReader;
  readonly settlers: readonly Settler[];
  readonly observers?: readonly RequestObserver[];
}

/** How often a transaction that lost a race is begun anew. */
const attempts = 4;

interface Call {
  readonly kernel: Kernel;
  readonly service: Service;
  readonly operation: Operation;
  readonly input: Input<unknown>;
  readonly requestId: string;
  readonly baseUrl: string;
  readonly observation: Observation;
}

export async function dispatch(
  kernel: Kernel,
  service: Service,
  operation: Operation,
  request: Request,
  response: Response,
): Promise<void> {
  const requestId = requestIdOf(request, service, kernel);
  const { clock } = kernel.context;
  const receivedAt = clock.now();
  const observation = new Observation(kernel.observers ?? []);
  const end = (status: number) => observation.end({ status, receivedAt, answeredAt: clock.now() });
  try {
    const headers = headersOf(request);
    const query = queryOf(request);
    const clientAddress = clientAddressOf(request);
    const bytes = await readBytes(request, service.dialect);
    const params = { ...hostParams(request), ...(request.params as Record<string, string>) };
    const call = { kernel, service, operation, requestId, baseUrl: baseUrlOf(request), observation };
    const answer = await attempt({ ...call, input: { params, query, headers, clientAddress, body: bytes } });
    end(answer.status);
    send(response, service, requestId, answer);
  } catch (error) {
    if (error instanceof ClientGoneError) {
      kernel.logger.info(`${service.name} ${operation.operation}: ${error.message}`);
      return;
    }
    end(problemFor(service, error).status);
    refuse(kernel, service, { operation: operation.operation, requestId }, error, response);
  }
}

async function attempt(call: Call): Promise<Answer> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await serve(call, { last: turn === attempts });
    } catch (error) {
      if (!(error instanceof RevisionConflictError)) throw error;
    }
  }
}

async function serve(call: Call, { last }: { readonly last: boolean }): Promise<Answer> {
  const { kernel, service, operation } = call;
  const now = kernel.context.clock.now();
  const events = recorder();
  let identity: Identity | undefined;
  try {
    return await kernel.store.transaction(async (tx) => {
      const { tokens, options, logger } = kernel;
      const { dialect } = service;
      const unknown = sessionOf(call, { tx, now, identity: ownerOf(options.account), events });
      await call.observation.begin(unknown, call);
      identity = await authenticate(operation, call.input.headers['authorization'], {
        tx,
        tokens,
        now,
        options,
        dialect,
        logger,
      });
      const session = sessionOf(call, { tx, now, identity, events });
      for (const settle of kernel.settlers) await settle(session);
      await authorize(session, service, operation, call.input, kernel);
      const input = validated(call);
      const answer = await operation.handle(session, input);
      if (options.verifyResponses) verifyAnswer(operation, input, answer);
      const own = operation.audit === undefined ? [] : [ownEvent(call, operation.audit, events.own)];
      await write(session, [...own, ...events.extra], { outcome: 'success', status: answer.status });
      return answer;
    });
  } catch (error) {
    if (error instanceof RevisionConflictError && !last) throw error;
    const refusal =
      error instanceof RevisionConflictError
        ? new ServiceError(service.dialect.problemOf({ kind: 'conflict' }))
        : error;
    await recordRefusal(call, { now, identity, events }, problemFor(service, refusal));
    throw refusal;
  }
}

/** What a refused request would have done, by whom and to what; of reads, too. */
async function recordRefusal(
  call: Call,
  { now, identity, events }: Pick<Moment, 'now' | 'events'> & { readonly identity: Identity | undefined },
  { status, code, missingRole }: Problem,
): Promise<void> {
  const { kernel, service, operation, input } = call;
  const access = accessFor(operation, input);
  const action = operation.audit ?? (typeof access === 'string' ? undefined : access.action);
  if (action === undefined) return;
  await kernel.store.transaction(async (tx) => {
    const acting = identity ?? ownerOf(kernel.options.account);
    const session = sessionOf(call, { tx, now, identity: acting, events });
    const { target = await auditTarget(session, service, input), before } = events.own;
    const known = { ...(target !== undefined && { target }), ...(before !== undefined && { before }) };
    const missing = missingRole !== undefined && { missingRole };
    const result = { outcome: 'failure', status, code, ...missing } as const;
    await write({ ...session, identity }, [ownEvent(call, action, known)], result);
  });
}

function validated(call: Call): Input<unknown> {
  const { operation, service, kernel, input } = call;
  checkQuery(operation, input.query, service.dialect, kernel.validator);
  const body = readBody(operation, input.body as Buffer, service.dialect, kernel.validator);
  return { ...input, body };
}

async function auditTarget(
  session: Session,
  service: Service,
  input: Input<unknown>,
): Promise<string | undefined> {
  if (service.auditTarget !== undefined) return service.auditTarget(session, input);
  const [target] = (await service.accessTargets?.(session, input)) ?? [];
  return target && crnOfTarget(target, session.options.account);
}

interface Moment {
  readonly tx: Transaction;
  readonly now: number;
  readonly identity: Identity;
  readonly events: Recorder;
}

function sessionOf(call: Call, { tx, now, identity, events }: Moment): Session {
  const { context, vault, tokens, options, logger } = call.kernel;
  const { requestId, baseUrl } = call;
  const { record, describe } = events;
  return { tx, now, context, vault, tokens, options, identity, logger, requestId, baseUrl, record, describe };
}

function ownEvent(call: Call, action: string, described: Partial<AuditDetail>): AuditDetail {
  return { action, target: pathOf(call), ...described };
}

async function write(
  session: Pick<Session, 'tx' | 'now' | 'context' | 'requestId'> & {
    readonly identity: Identity | undefined;
  },
  details: readonly AuditDetail[],
  outcome: AuditOutcome,
): Promise<void> {
  const { tx, now, context, requestId, identity } = session;
  for (const detail of details) {
    await tx.append(auditEvent({ id: context.ids.uuid(), now, identity, requestId }, detail, outcome));
  }
}

/** The route with its parameters filled in: the target of an event whose handler named no CRN. */
function pathOf(call: Call): string {
  return call.operation.path.replace(/:(\w+)/g, (whole, name: string) => call.input.params[name] ?? whole);
}

function problemFor(service: Service, error: unknown): Problem {
  return error instanceof ServiceError ? error.problem : service.dialect.problemOf({ kind: 'internal' });
}

export function refuse(
  kernel: Kernel,
  service: Service,
  context: ErrorContext,
  error: unknown,
  response: Response,
): void {
  const problem = problemFor(service, error);
  const name = context.operation ?? 'unknown operation';
  if (error instanceof ServiceError)
    kernel.logger.info(`${service.name} ${name} ${problem.status} ${problem.code}`);
  else
    kernel.logger.error(
      `${service.name} ${name} failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
  send(response, service, context.requestId, refusalOf(kernel, service, problem, context));
}

function refusalOf(kernel: Kernel, service: Service, problem: Problem, context: ErrorContext): Answer {
  const { dialect } = service;
  const vendors = dialect.render(problem, context);
  try {
    if (kernel.options.verifyResponses) {
      verifyRefusal(context.operation ?? 'unknown operation', dialect.schema, vendors);
    }
  } catch (error) {
    if (!(error instanceof NonconformingAnswerError)) throw error;
    kernel.logger.error(`${service.name} ${problem.status} ${problem.code}: ${error.message}`);
    const internal = dialect.problemOf({ kind: 'internal' });
    return { status: internal.status, body: dialect.render(internal, context) };
  }
  const { status, headers = {} } = problem;
  return { status, headers, body: { ...vendors, ...explanation(problem) } };
}

/** The body as JSON, or as it is when it is text that names its own content type. */
function send(response: Response, service: Service, requestId: string, answer: Answer): void {
  response.status(answer.status).set(service.dialect.responseHeader, requestId);
  if (answer.headers) response.set(answer.headers);
  if (answer.body === undefined) {
    response.end();
    return;
  }
  if (typeof answer.body === 'string' && answer.headers?.['Content-Type'] !== undefined) {
    response.end(answer.body);
    return;
  }
  response.set('Content-Type', 'application/json; charset=utf-8').end(JSON.stringify(answer.body));
}

export function requestIdOf(request: Request, service: Service, kernel: Kernel): string {
  for (const name of service.dialect.correlationHeaders) {
    const value = request.get(name);
    if (value !== undefined && /^[\w.:-]{1,128}$/.test(value)) return value;
  }
  return kernel.context.ids.uuid();
}

function baseUrlOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}

function hostParams(request: Request): Record<string, string> {
  return (request as Request & { hostParams?: Record<string, string> }).hostParams ?? {};
}
