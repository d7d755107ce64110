import type { ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { FunctionError } from '../../../infra/sandbox/aws/lambda/function-error.ts';
import type { Functions } from '../../../infra/sandbox/aws/lambda/functions.ts';
import { readInvocation } from '../../../infra/sandbox/aws/lambda/invocation.ts';
import { startServer } from '../local-server.ts';

/** On every answer of Lambda. */
const HEADERS = { 'content-type': 'application/json', 'x-amzn-requestid': 'bridged' };

type Invoke = Functions['invoke'];

/** Lambda, as somebody else's interpreter calls it over HTTP. */
export interface LambdaBridge {
  port: string;
  /** From now on these functions are invoked. */
  use(invoke: Invoke): void;
}

/** On a free port, for all tests of the file that asks. */
export async function lambdaBridgeOfThisFile(): Promise<LambdaBridge> {
  let invoke: Invoke = () => Promise.reject(new Error('There are no functions yet.'));
  const { url, close } = await startServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const asked = readInvocation({ method, url, headers, body: await buffer(request) });
    if (asked === undefined) throw new Error(`moto asks Lambda for ${method} ${url}.`);
    await answer(response, invoke, asked.input);
  });
  afterAll(close);
  return {
    port: new URL(url).port,
    use(next) {
      invoke = next;
    },
  };
}

/** As Lambda's `Invoke` does: what a function throws is a result; what Lambda itself refuses is none. */
async function answer(
  response: ServerResponse,
  invoke: Invoke,
  asked: { FunctionName: string; Payload: string },
): Promise<void> {
  const send = (status: number, headers: Record<string, string>, body: unknown) =>
    response.writeHead(status, { ...HEADERS, ...headers }).end(JSON.stringify(body));
  try {
    send(200, {}, await invoke(asked.FunctionName, JSON.parse(asked.Payload)));
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const { errorType, errorMessage, trace } = error;
    const [, refusal] = /^Lambda\.(.+)$/.exec(errorType) ?? [];
    if (refusal !== undefined) send(400, { 'x-amzn-errortype': refusal }, { Message: errorMessage });
    else send(200, { 'x-amz-function-error': 'Unhandled' }, { errorType, errorMessage, trace });
  }
}
