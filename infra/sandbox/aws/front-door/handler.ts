import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { authenticate, type KeyHolders } from './authenticate.ts';
import { bodyOf } from './body.ts';
import type { CompletedCall } from './completed-call.ts';
import { jsonProtocol } from './json-protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { type HostedServices, type Route, routeOf } from './route.ts';
import { AwsError, type Caller, type Operation } from './service.ts';
import type { SignedRequest } from './signature.ts';
import type { WireProtocol, WireResponse } from './wire-protocol.ts';

interface HandlerOptions {
  services: HostedServices;
  callers: KeyHolders;
  dynamo: Server;
  /** @throws AwsError when the caller may not do it */
  require: (asked: {
    service: string;
    operation: string;
    input: Record<string, unknown>;
    caller: Caller;
  }) => void;
  now: () => Date;
  /** Called after each call of a hosted service that was authenticated. */
  onCall: (call: CompletedCall) => void;
  onInternalError: (error: unknown) => void;
}

const DYNAMO = 'dynamodb';
const DYNAMO_PROTOCOL = jsonProtocol({ version: '1.0', messageMember: 'message' });
/** For requests that name no service: plain XML, as most of AWS answers. */
const FALLBACK_PROTOCOL = queryProtocol({
  ...{ namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', apiVersion: '2010-05-08' },
  client: {},
});

/** One HTTP handler for all services: reads the request, finds out who is calling, and answers as AWS would. */
export function createHandler(options: HandlerOptions) {
  return (incoming: IncomingMessage, response: ServerResponse): void => {
    handle(incoming, response, options).catch((error: unknown) => {
      // A client that hung up before its request was complete waits for no answer.
      if (!incoming.complete) return;
      options.onInternalError(error);
      if (!response.headersSent) response.destroy();
    });
  };
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): Promise<void> {
  const request: SignedRequest = {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: incoming.headers,
    body: await bodyOf(incoming),
  };
  // Clients read AWS's clock here, and sign by it when theirs is wrong.
  response.setHeader('date', options.now().toUTCString());
  const route = routeOf(request, options.services);
  const requestId = randomUUID();
  const protocol = protocolOf(route, options.services);
  try {
    requireServed(route, options.services);
    const hosted = options.services[route.service];
    const caller = authenticate(request, route, options.callers, options.now(), hosted);
    if (route.service === DYNAMO) {
      options.require({ ...route, input: route.readInput(), caller });
      return forward(request, response, options.dynamo);
    }
    const operation = findOperation(route, protocol, options.services);
    await answer(operation, { request, incoming, response, route, protocol, caller, requestId }, options);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    send(response, protocol.encodeError(error, requestId));
  }
}

interface Exchange {
  request: SignedRequest;
  incoming: IncomingMessage;
  response: ServerResponse;
  route: Route;
  protocol: WireProtocol;
  caller: Caller;
  requestId: string;
}

async function answer(operation: Operation, exchange: Exchange, options: HandlerOptions): Promise<void> {
  const { route, protocol, requestId, response } = exchange;
  const result = await run(operation, exchange, options);
  const encoded =
    result.error === undefined
      ? protocol.encodeOutput(route.operation, result.output ?? {}, requestId)
      : protocol.encodeError(result.error, requestId);
  send(response, encoded);
  options.onCall(completed(exchange, options.now(), result));
}

type Result = Pick<CompletedCall, 'input' | 'output' | 'error'>;

async function run(
  operation: Operation,
  { route, caller }: Exchange,
  options: HandlerOptions,
): Promise<Result> {
  let input: Record<string, unknown> = {};
  try {
    input = route.readInput();
    options.require({ ...route, input, caller });
    return { input, output: await operation(input, caller) };
  } catch (error) {
    return { input, error: asAwsError(error, options) };
  }
}

function requireServed({ service }: Route, services: HostedServices): void {
  const known = [...Object.keys(services), DYNAMO];
  if (service === '' || known.includes(service)) return;
  throw new AwsError('NotImplemented', `The sandbox has no ${service}: it serves ${known.join(', ')}.`, 501);
}

function findOperation(
  { service, operation }: Route,
  protocol: WireProtocol,
  services: HostedServices,
): Operation {
  const operations = services[service]?.service ?? {};
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (found === undefined) throw protocol.unknownOperation(operation);
  return found;
}

function protocolOf({ service }: Route, services: HostedServices): WireProtocol {
  return service === DYNAMO ? DYNAMO_PROTOCOL : (services[service]?.protocol ?? FALLBACK_PROTOCOL);
}

function completed(
  { route, caller, requestId, request, incoming }: Exchange,
  at: Date,
  result: Result,
): CompletedCall {
  return {
    service: route.service,
    operation: route.operation,
    caller,
    requestId,
    userAgent: request.headers['user-agent'] ?? '',
    sourceIp: (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    at,
    ...result,
  };
}

function asAwsError(error: unknown, { onInternalError }: HandlerOptions): AwsError {
  if (error instanceof AwsError) return error;
  onInternalError(error);
  return new AwsError('InternalFailure', 'The request failed because of an error in the sandbox.', 500);
}

/** dynalite reads the body itself, so it is given a request that it can read once more. */
function forward(
  { method, url, headers, body }: SignedRequest,
  response: ServerResponse,
  dynamo: Server,
): void {
  const again = Object.assign(new EventEmitter(), { method, url, headers });
  dynamo.emit('request', again, response);
  again.emit('data', body);
  again.emit('end');
}

function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
