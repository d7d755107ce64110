/**
 * Fails a task. `name` is what Retry and Catch match, `message` becomes the Cause. The interpreter asks an error
 * whether it may be retried and caught at all.
 */
export class TaskError extends Error {
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(name: string, cause: string, { terminal = false } = {}) {
    super(cause);
    this.name = name;
    this.isRetryable = !terminal;
    this.isCatchable = !terminal;
  }
}

/** `TimeoutSeconds` has passed. */
export function taskTimeout(): TaskError {
  return new TaskError('States.Timeout', '');
}

/** Ends the execution whatever its Retry and Catch say: `States.ALL` covers neither of these on AWS. */
export function terminalError(
  name: 'States.Runtime' | 'States.DataLimitExceeded' | 'Aborted',
  cause: string,
) {
  return new TaskError(name, cause, { terminal: true });
}

/** The same error where a Catch names it: `States.DataLimitExceeded` is tried again nowhere, but caught by its name. */
export function catchable(error: Error): Error {
  return Object.assign(error, { isCatchable: true });
}

/** @throws TaskError States.DataLimitExceeded */
export function checkDataLimit(value: unknown, what: string, mostBytes: number): void {
  if (Buffer.byteLength(JSON.stringify(value) ?? 'null') > mostBytes) {
    throw terminalError(
      'States.DataLimitExceeded',
      `The state/task returned a result with a size exceeding the maximum number of bytes service limit: ${what}`,
    );
  }
}
