import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSelf } from '../../../../bot/app/background/self.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:policy-guard-slack';
const EVENT = { sealed: 'job, with “quotes”' };
const LIMITS = { callMs: 5_000, tryMs: 5_000 };

interface Seen {
  method: string | undefined;
  url: string | undefined;
  type: unknown;
  scope: string | undefined;
  body: string;
}

let lambda: Server;
let endpoint: string;
let seen: Seen[];
/** What Lambda answers, one after another, and 202 afterwards; 0 ends the connection without an answer. */
let answers: number[];

beforeAll(async () => {
  lambda = createServer(async (request, response) => {
    seen.push(await read(request));
    const status = answers.shift() ?? 202;
    if (status === 0) response.destroy();
    else response.writeHead(status).end(status === 202 ? '' : '{"message":"as the test has it"}');
  }).listen(0);
  await once(lambda, 'listening');
  endpoint = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
});

afterAll(() => lambda.close());

beforeEach(() => {
  seen = [];
  answers = [];
});

async function read(request: IncomingMessage): Promise<Seen> {
  const { authorization, 'x-amz-invocation-type': type } = request.headers;
  const scope = /Credential=(\S+), .*Signature=[0-9a-f]{64}$/.exec(authorization ?? '')?.[1];
  return { method: request.method, url: request.url, type, scope, body: await text(request) };
}

const aws = () => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
});
const invoke = () => createSelf(aws(), LIMITS).invoke(ARN, EVENT);

describe('a function that invokes itself', () => {
  it('asks as Lambda’s own client would', async () => {
    await invoke();
    const Payload = new TextEncoder().encode(JSON.stringify(EVENT));
    await new LambdaClient(aws()).send(
      new InvokeCommand({ FunctionName: ARN, InvocationType: 'Event', Payload }),
    );
    expect(seen[0]?.scope).toMatch(/^AKIDEXAMPLE\/\d{8}\/us-east-1\/lambda\/aws4_request$/);
    expect(seen[0]).toEqual(seen[1]);
  });

  it.each([500, 429, 0])('asks once more after %i', async (status) => {
    answers = [status];
    await invoke();
    expect(seen).toHaveLength(2);
  });

  it('gives up after the second try', async () => {
    answers = [503, 503];
    await expect(invoke()).rejects.toThrow(/answered 503: .*as the test has it/);
    expect(seen).toHaveLength(2);
  });

  it('does not ask again where it is refused', async () => {
    answers = [403];
    await expect(invoke()).rejects.toMatchObject({ name: 'RefusedByAwsError', status: 403 });
    expect(seen).toHaveLength(1);
  });
});
