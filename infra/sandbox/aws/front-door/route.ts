import { readJsonInput } from './json-protocol.ts';
import { readQueryInput } from './query-input.ts';
import type { Service } from './service.ts';
import { readSignature, type Signature, type SignedRequest } from './signature.ts';
import type { WireProtocol } from './wire-protocol.ts';

export interface HostedService {
  service: Service;
  protocol: WireProtocol;
  /** What stands before the dot in `X-Amz-Target`; only services of the JSON protocol have one. */
  targetPrefix?: string;
  /** Of a service whose operations are told by method and path; undefined for none that it has. */
  rest?: (request: SignedRequest) => { operation: string; input: Record<string, unknown> } | undefined;
  /** The only region that a signature may be scoped to; any unless given. */
  region?: string;
  /** Operations that are taken without a signature. */
  unsigned?: readonly string[];
}

/** Signing name (`iam`, `states`, …) → service. */
export type HostedServices = Readonly<Record<string, HostedService>>;

export interface Route {
  /** Signing name of the service; empty when nothing in the request tells it. */
  service: string;
  operation: string;
  signature: Signature | null;
  /** Decodes the input of the operation. */
  readInput: () => Record<string, unknown>;
}

/** Tells which operation of which service a request is for, by its signature or else by what it asks for. */
export function routeOf(request: SignedRequest, services: HostedServices): Route {
  const signature = readSignature(request.headers.authorization ?? '');
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target !== '') {
    // The AWS CLI puts a namespace in front: `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents`.
    const [prefix = '', operation = ''] = target.split('.').slice(-2);
    return {
      service: signature?.service ?? serviceWith(services, ({ targetPrefix }) => targetPrefix === prefix),
      operation,
      signature,
      readInput: () => readJsonInput(request.body.toString()),
    };
  }
  const rest = signature === null ? undefined : services[signature.service]?.rest;
  if (signature !== null && rest !== undefined) {
    const { operation = '', input = {} } = rest(request) ?? {};
    return { service: signature.service, operation, signature, readInput: () => input };
  }
  const form = formOf(request);
  const action = form.get('Action') ?? '';
  return {
    service: signature?.service ?? serviceWith(services, ({ service }) => Object.hasOwn(service, action)),
    operation: action,
    signature,
    readInput: () => readQueryInput(form),
  };
}

function serviceWith(services: HostedServices, matches: (hosted: HostedService) => boolean): string {
  return Object.entries(services).find(([, hosted]) => matches(hosted))?.[0] ?? '';
}

/** The query protocol takes its parameters from the body, or from the address of a GET. */
function formOf({ method, url, body }: SignedRequest): URLSearchParams {
  return method === 'GET'
    ? new URL(url, 'http://sandbox').searchParams
    : new URLSearchParams(body.toString());
}
