import { LimitExceededError, NotFoundError } from './iam.ts';

/** IAM's error codes and what they mean to the guard; the SDK puts the code into the error's name. */
const MEANING = new Map<string, typeof NotFoundError | typeof LimitExceededError>([
  ['NoSuchEntity', NotFoundError],
  ['NoSuchEntityException', NotFoundError],
  ['LimitExceeded', LimitExceededError],
  ['LimitExceededException', LimitExceededError],
]);

/** Runs an IAM call. @throws NotFoundError, LimitExceededError, or what the SDK threw */
export async function callIam<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const Meaning = error instanceof Error ? MEANING.get(error.name) : undefined;
    if (Meaning === undefined || !(error instanceof Error)) throw error;
    throw new Meaning(error.message, { cause: error });
  }
}
