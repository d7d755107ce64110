import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, type Service } from '../front-door/service.ts';
import type { Functions } from './functions.ts';

interface LambdaOptions {
  functions: Functions;
  /** Waits before the second and the third try; Lambda takes one minute and two. Milliseconds. */
  retryMs: readonly number[];
  /** Told of each try that failed. */
  failed: (error: unknown) => void;
}

interface LambdaService {
  service: Service;
  /** What is under way or waits to be tried again is not tried again. */
  close(): void;
}

/** Of an asynchronous invocation. Source: docs.aws.amazon.com, Lambda quotas. */
const MOST_BYTES = 1_048_576;

/** As Lambda: docs.aws.amazon.com, "How Lambda handles errors and retries with asynchronous invocation". */
export const RETRY_MS = [60_000, 120_000];

/**
 * Lambda, as far as functions call it: asynchronous invocations are taken at once, done by themselves, and tried up to
 * twice more where the function fails. What the function answers goes nowhere.
 */
export function createLambdaService({ functions, retryMs, failed }: LambdaOptions): LambdaService {
  const closing = new AbortController();
  const run = async (name: string, payload: unknown) => {
    for (const waitMs of [0, ...retryMs]) {
      if (waitMs > 0) await sleep(waitMs, undefined, { signal: closing.signal, ref: false });
      try {
        await functions.invoke(name, payload);
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        failed(error);
      }
    }
  };
  return {
    close: () => closing.abort(),
    service: {
      Invoke: ({ FunctionName, InvocationType, Payload }) => {
        const name = String(FunctionName);
        if (InvocationType !== 'Event') {
          throw new AwsError('NotImplemented', 'The sandbox invokes functions asynchronously only.', 501);
        }
        if (!functions.has(name)) {
          throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
        }
        const payload = parse(String(Payload));
        run(name, payload).catch(() => undefined);
        return { status: 202 };
      },
    },
  };
}

function parse(payload: string): unknown {
  if (Buffer.byteLength(payload) > MOST_BYTES) {
    throw new AwsError(
      'RequestTooLargeException',
      `${Buffer.byteLength(payload)} byte payload is too large`,
      413,
    );
  }
  try {
    return payload === '' ? {} : JSON.parse(payload);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
}
