import type { IAMClient } from '@aws-sdk/client-iam';
import {
  AccessRefusedError,
  LimitExceededError,
  NotFoundError,
  RefusedDocumentError,
  UnmodifiableError,
} from './iam.ts';

/** IAM's error codes, some with `Exception` behind them, and what they mean to the guard. */
const MEANING = new Map<string, new (message: string, options: ErrorOptions) => Error>(
  Object.entries({
    NoSuchEntity: NotFoundError,
    LimitExceeded: LimitExceededError,
    MalformedPolicyDocument: RefusedDocumentError,
    UnmodifiableEntity: UnmodifiableError,
    AccessDenied: AccessRefusedError,
  }),
);

/**
 * Makes the client throw the errors of `iam.ts`. This happens beneath the SDK's own retries: they take
 * `LimitExceeded` for throttling, and would leave a grant in force for seconds while they try again.
 */
export function translateErrors(client: IAMClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw meaningOf(error);
      }
    },
    { name: 'translateErrors', step: 'deserialize', priority: 'high' },
  );
}

/** The SDK puts the code into the error's name. */
function meaningOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const Meaning = MEANING.get(error.name.replace(/Exception$/, ''));
  return Meaning === undefined ? error : new Meaning(error.message, { cause: error });
}
