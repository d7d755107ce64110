/** A function failed: `errorType` is what a state machine's Retry and Catch match, as on AWS. */
export class FunctionError extends Error {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];

  constructor(errorType: string, errorMessage: string, trace: readonly string[] = [], cause?: unknown) {
    super(`${errorType}: ${errorMessage}`, { cause });
    this.name = 'FunctionError';
    this.errorType = errorType;
    this.errorMessage = errorMessage;
    this.trace = trace;
  }
}

/** What Lambda's Node.js runtime reports for a thrown value. */
export function toFunctionError(thrown: unknown): FunctionError {
  if (thrown instanceof Error) {
    const trace = thrown.stack?.split('\n') ?? [];
    return new FunctionError(thrown.name, thrown.message, trace, thrown);
  }
  return new FunctionError(typeof thrown, String(thrown), [], thrown);
}
