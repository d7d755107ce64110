import { NotFoundError } from '../account/iam/iam.ts';

/** @returns undefined instead of throwing NotFoundError */
export async function orMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
