import type { IncomingMessage } from 'node:http';
import type { Invocation } from './calls.ts';

/** A request that left a function. */
export interface Call {
  invocation: Invocation;
  /** `iam`, `dynamodb`, `states`, `sns`, `secretsmanager` or `slack`. */
  service: string;
  /** `CreatePolicyVersion`, `chat.postMessage`, … */
  operation: string;
  /** Which item of the ledger, as far as its key tells: `request/request`; empty elsewhere. */
  about: string;
  /** Tells it apart in a case, and finds it again in another run: `contain.quarantine iam:GetPolicy #2`. */
  id: string;
}

const SLACK = /^\/slack\.com\/(?:api\/)?([\w.]+)/;

/** Operations that change nothing: whether one was carried out makes no difference to anybody but who asked. */
const READS = /^(?:Get|List|Query|BatchGet|Lookup|Describe)|\.(?:info|list|test|getPermalink|lookupByEmail)$/;

export const isRead = ({ operation }: Pick<Call, 'operation'>): boolean => READS.test(operation);

/** @returns counts the calls of one case, so that each has a name of its own */
export function createCallNames(): (
  invocation: Invocation,
  request: Pick<IncomingMessage, 'url' | 'headers'>,
  body: Buffer,
) => Call {
  const counts = new Map<string, number>();
  return (invocation, { url = '/', headers }, body) => {
    const slack = SLACK.exec(url)?.[1];
    const service = slack === undefined ? serviceOf(headers.authorization) : 'slack';
    const operation = slack ?? operationOf(headers['x-amz-target'], body);
    const about = service === 'dynamodb' ? itemOf(body) : '';
    const name = `${invocation.fn}.${invocation.step} ${service}:${operation}${about && ` ${about}`}`;
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    return { invocation, service, operation, about, id: `${name} #${nth}` };
  };
}

/** The signature's scope names the service. */
function serviceOf(authorization = ''): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? 'unknown';
}

function operationOf(target: string | string[] | undefined, body: Buffer): string {
  if (target !== undefined) return String(target).split('.').at(-1) ?? '';
  return new URLSearchParams(body.toString()).get('Action') ?? '';
}

/** Kinds of the two keys of an item, without the names in them. */
function itemOf(body: Buffer): string {
  const { Key, Item, ExpressionAttributeValues: values = {} } = JSON.parse(body.toString());
  const key = Key ?? Item ?? { pk: values[':pk'], sk: values[':sk'] };
  const kind = (value?: { S?: string }) => /^[a-z]+(?=#|$)/.exec(value?.S ?? '')?.[0] ?? '';
  return [kind(key.pk), kind(key.sk)].filter(Boolean).join('/');
}
