/** A client of a provider process: what Terraform is to it, over a real gRPC connection. */
import {
  type CallOptions,
  type ChannelCredentials,
  type ClientUnaryCall,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import type { AnyProvider } from '../../provider';
import type { ProviderContext } from '../../provider/core/context';
import type { TypeFacts } from '../../provider/core/facts';
import { decodeValue, encodeValue } from '../../provider/core/msgpack';
import { fromFacts } from '../../provider/core/schema';
import type { Value } from '../../provider/core/values';
import { type DynamicValue, ProviderClient } from '../../provider/protocol/gen/tfplugin6';
import { serveReattached } from '../../provider/protocol/reattach';

type Unary<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

/** Calls one procedure and waits for its answer. */
export function call<Request, Response>(
  client: ProviderClient,
  procedure: (client: ProviderClient) => Unary<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    procedure(client).call(client, request, new Metadata(), {}, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
}

const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

export function dial(
  address: string,
  security: ChannelCredentials = credentials.createInsecure(),
): ProviderClient {
  // Without its own pool a second client would share the connection of the first.
  return new ProviderClient(address, security, { ...unlimited, 'grpc.use_local_subchannel_pool': 1 });
}

export interface ServedForTest {
  /** `127.0.0.1:4321` */
  readonly address: string;
  readonly client: ProviderClient;
  /** `TF_REATTACH_PROVIDERS` entries. */
  readonly entries: Readonly<Record<string, unknown>>;
  close(): void;
}

export async function serveForTest(provider: AnyProvider, context: ProviderContext): Promise<ServedForTest> {
  const source = `example/${provider.name}`;
  const served = await serveReattached({ source, load: () => provider, context });
  const address = Object.values(served.entries)[0]?.Addr.String ?? '';
  const client = dial(address);
  return {
    address,
    client,
    entries: served.entries,
    close() {
      client.close();
      served.close();
    },
  };
}

const noBytes = Buffer.alloc(0);

/** Encodes and decodes values of one type. */
export function codecOf(facts: TypeFacts) {
  const { type } = fromFacts(facts);
  return {
    encode: (value: Value): DynamicValue => ({
      msgpack: Buffer.from(encodeValue(type, value)),
      json: noBytes,
    }),
    decode: (value: DynamicValue | undefined): Value => (value ? decodeValue(type, value.msgpack) : null),
  };
}

/** A value as JSON instead of MessagePack. */
export function jsonValue(value: unknown): DynamicValue {
  return { msgpack: noBytes, json: Buffer.from(JSON.stringify(value)) };
}
