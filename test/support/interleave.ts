/** Runs one operation when it is its turn. */
export type Gate = <T>(operation: () => Promise<T>) => Promise<T>;

export type Actor<T> = (gate: Gate) => Promise<T>;

/** What a process that dies leaves behind: nobody hears of it. */
export class Crash extends Error {
  override name = 'Crash';
}

/**
 * Runs actors side by side, one operation at a time: whenever every actor that is still going waits for its turn,
 * `choices` says whose it is. The same choices give the same run, so fast-check can shrink them.
 */
export function interleave<T>(
  choices: readonly number[],
  actors: readonly Actor<T>[],
): Promise<PromiseSettledResult<T>[]> {
  const waiting: (() => Promise<void>)[] = [];
  let going = actors.length;
  let turns = 0;
  let busy = false;

  function next(): void {
    if (busy || waiting.length === 0 || waiting.length < going) return;
    const choice = choices[turns++ % choices.length] ?? 0;
    const [turn] = waiting.splice(choice % waiting.length, 1);
    busy = true;
    void turn?.().then(() => {
      busy = false;
      // The actor whose turn it was first has to ask for its next one, or to end.
      setImmediate(next);
    });
  }

  const gate: Gate = (operation) =>
    new Promise((resolve, reject) => {
      waiting.push(() => operation().then(resolve, reject));
      next();
    });

  const ended = () => {
    going--;
    next();
  };
  return Promise.allSettled(actors.map((actor) => actor(gate).finally(ended)));
}

/** Every method of `target`, each call as one turn. */
export function gated<T extends object>(target: T, gate: Gate): T {
  return new Proxy(target, {
    get(object, name) {
      const method: unknown = Reflect.get(object, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => gate(() => method.apply(object, args) as Promise<unknown>);
    },
  });
}

/**
 * A gate whose process dies at its n-th operation, from 0: before it has happened, or after, when nobody hears the
 * answer. Later operations run as ever: that is the process that was started in its place.
 */
export function crashing(gate: Gate, at: number, when: 'before' | 'after'): Gate {
  let count = 0;
  return (operation) =>
    gate(async () => {
      const dies = count++ === at;
      if (dies && when === 'before') throw new Crash();
      const result = await operation();
      if (dies) throw new Crash();
      return result;
    });
}
