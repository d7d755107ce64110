import type { IAMClient } from '@aws-sdk/client-iam';
import { LimitExceededError, NotFoundError } from './iam.ts';

/** IAM's error codes and what they mean to the guard; the SDK puts the code into the error's name. */
const MEANING = new Map<string, typeof NotFoundError | typeof LimitExceededError>([
  ['NoSuchEntity', NotFoundError],
  ['NoSuchEntityException', NotFoundError],
  ['LimitExceeded', LimitExceededError],
  ['LimitExceededException', LimitExceededError],
]);

/**
 * Makes the client throw NotFoundError and LimitExceededError. This happens beneath the SDK's own retries: they
 * take `LimitExceeded` for throttling, and would leave a grant in force for seconds while they try again.
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

function meaningOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const Meaning = MEANING.get(error.name);
  return Meaning === undefined ? error : new Meaning(error.message, { cause: error });
}
