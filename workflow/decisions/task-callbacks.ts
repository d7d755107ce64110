/** `closed`: Step Functions says the task is over (TaskTimedOut, TaskDoesNotExist, InvalidToken). */
export type CallbackResult = 'delivered' | 'closed';

/** SendTaskSuccess and SendTaskFailure, as the decision code sees them. Other failures are thrown. */
export interface TaskCallbacks {
  succeed(taskToken: string, output: unknown): Promise<CallbackResult>;
  fail(taskToken: string, error: string, cause: string): Promise<CallbackResult>;
}
