/**
 * What a promise gives, if it does so in time; it is not stopped otherwise.
 *
 * @throws Error when it does not
 */
export async function inTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        late.signal.addEventListener('abort', () => reject(new Error(`No answer within ${timeoutMs} ms.`)));
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
