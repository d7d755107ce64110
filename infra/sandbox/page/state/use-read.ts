import { useEffect, useState } from 'react';

/**
 * What the sandbox's API answers, read anew whenever the path or the version changes.
 *
 * @param path null reads nothing
 * @param version of what is there: changes when there is more to read
 * @returns undefined until it was read; null when it is not there
 */
export function useRead<Answer extends object>(
  path: string | null,
  version: string | number,
): Answer | null | undefined {
  const [read, setRead] = useState<{ path: string; answer: Answer | null }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the same path is read again
  useEffect(() => {
    if (path === null) return;
    const stale = new AbortController();
    fetch(path, { signal: stale.signal })
      .then(async (response) => (response.ok ? ((await response.json()) as Answer) : null))
      .catch(() => null)
      .then((answer) => stale.signal.aborted || setRead({ path, answer }));
    return () => stale.abort();
  }, [path, version]);
  return read?.path === path ? read?.answer : undefined;
}
