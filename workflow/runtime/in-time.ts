/** Something did not answer in time; what it was still runs. */
export class LateError extends Error {
  override name = 'LateError';

  constructor(timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms.`);
  }
}

/**
 * What a promise gives, if it does so in time; it is not stopped otherwise.
 *
 * @throws LateError when it does not
 */
export async function inTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new LateError(timeoutMs)), timeoutMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
