/** What was asked has not answered in time. */
export class LateError extends Error {
  override name = 'LateError';
}

/**
 * Waits no longer than this for an answer; the call itself goes on.
 *
 * @throws LateError when it has not come by then, and what the call throws
 */
export async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new LateError(`No answer within ${milliseconds} ms.`)),
    milliseconds,
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
