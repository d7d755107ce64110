import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HandlerFactory } from '../../infra/functions/functions.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';

const RUNTIME = fileURLToPath(new URL('lambda-process.cjs', import.meta.url));

interface Answer {
  id: number;
  result?: unknown;
  error?: { name: string; message: string; stack: string };
}

/**
 * Runs a bundle in a process of its own, with this environment and what Lambda adds to it, and nothing else of ours.
 *
 * @param folder where `index.js` is
 */
export function startDeployedFunction(
  folder: string,
  environment: Record<string, string>,
  { endpoint, region, credentials }: Required<AwsClientConfig>,
) {
  const child = fork(RUNTIME, {
    // The flags of the test runner are none of Lambda's.
    execArgv: [],
    silent: true,
    env: {
      ...environment,
      LAMBDA_TASK_ROOT: folder,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
      AWS_ENDPOINT_URL: endpoint,
    },
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let logged = '';
  let count = 0;
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (logged += chunk));
  child.on('message', ({ id, result, error }: Answer) => {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) answer?.resolve(result);
    else answer?.reject(Object.assign(new Error(error.message), { name: error.name, stack: error.stack }));
  });
  child.on('exit', (code) => {
    for (const answer of waiting.values())
      answer.reject(new Error(`The function exited with ${code}: ${logged}`));
  });

  const handler: ReturnType<HandlerFactory> = (event, context) => {
    const answer = Promise.withResolvers<unknown>();
    const id = count++;
    waiting.set(id, answer);
    child.send({ id, event, context });
    return answer.promise;
  };
  return { handler, logged: () => logged, stop: () => child.kill() };
}
