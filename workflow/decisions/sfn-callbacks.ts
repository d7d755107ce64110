import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import type { CallLimits } from '../runtime/call-limits.ts';
import { isNamed } from '../runtime/is-named.ts';
import type { CallbackResult, TaskCallbacks } from './task-callbacks.ts';

/** A click is answered within 3 seconds; the ledger needs its part of them, and a repeated delivery is cheap. */
export const CALLBACK_LIMITS: CallLimits = { callMs: 1_500, tryMs: 700 };

/** SendTaskSuccess and SendTaskFailure over the SDK; every failure but a closed task comes through as it was thrown. */
export function createTaskCallbacks(
  aws: AwsClientConfig,
  { callMs, tryMs }: CallLimits = CALLBACK_LIMITS,
): TaskCallbacks {
  const client = new SFNClient({
    ...aws,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: tryMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
  });
  const bounded = () => ({ abortSignal: AbortSignal.timeout(callMs) });
  return {
    succeed: (taskToken, output) => {
      const command = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) });
      return deliveredOrClosed(client.send(command, bounded()));
    },
    fail: (taskToken, error, cause) => {
      const command = new SendTaskFailureCommand({ taskToken, error, cause });
      return deliveredOrClosed(client.send(command, bounded()));
    },
  };
}

async function deliveredOrClosed(call: Promise<unknown>): Promise<CallbackResult> {
  try {
    await call;
    return 'delivered';
  } catch (error) {
    if (isNamed(error, 'TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken')) return 'closed';
    throw error;
  }
}
