/**
 * Runs one operation when it is its turn.
 *
 * @param orphan nobody waits for the operation: it has a turn of its own, some time after the one that asked for it
 */
export type Gate = <T>(operation: () => Promise<T>, orphan?: boolean) => Promise<T>;

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
  return takeTurns((waiting, turn) => (choices[turn % choices.length] ?? 0) % waiting.length, actors);
}

/**
 * The same for a schedule that is told: `order` names the actor of every turn by its index, and a name whose actor
 * has ended is passed over. Afterwards each goes on to its end, the first actor first.
 *
 * @param passedOver is told of each name that was
 */
export function inOrder<T>(
  order: readonly number[],
  actors: readonly Actor<T>[],
  passedOver: (actor: number) => void = () => {},
): Promise<PromiseSettledResult<T>[]> {
  const left = [...order];
  return takeTurns((waiting) => {
    for (let actor = left.shift(); actor !== undefined; actor = left.shift()) {
      if (waiting.includes(actor)) return waiting.indexOf(actor);
      passedOver(actor);
    }
    return waiting.indexOf(Math.min(...waiting));
  }, actors);
}

/** @param choose of the waiting actors, told by their indices, the place of the one whose turn it is */
async function takeTurns<T>(
  choose: (waiting: number[], turn: number) => number,
  actors: readonly Actor<T>[],
): Promise<PromiseSettledResult<T>[]> {
  const waiting: { actor: number; run: () => Promise<void> }[] = [];
  const orphans: Promise<unknown>[] = [];
  let going = actors.length;
  let turns = 0;
  let busy = false;

  function next(): void {
    if (busy || waiting.length === 0 || waiting.length < going) return;
    const place = choose(
      waiting.map(({ actor }) => actor),
      turns++,
    );
    const [turn] = waiting.splice(place, 1);
    busy = true;
    void turn?.run().then(() => {
      busy = false;
      // The actor whose turn it was first has to ask for its next one, or to end.
      setImmediate(next);
    });
  }

  const ended = () => {
    going--;
    next();
  };
  function take<R>(actor: number, operation: () => Promise<R>, orphan: boolean): Promise<R> {
    if (orphan) going++;
    const done = new Promise<R>((resolve, reject) => {
      waiting.push({ actor, run: () => operation().then(resolve, reject) });
    });
    next();
    if (orphan) orphans.push(done.finally(ended));
    return done;
  }

  const results = await Promise.allSettled(
    actors.map((actor, i) => actor((operation, orphan = false) => take(i, operation, orphan)).finally(ended)),
  );
  await Promise.all(orphans);
  return results;
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
 * What can happen to an operation:
 * - `before`, `after`: its process dies, before it has happened or when nobody hears the answer;
 * - `late`: its process dies while it is on its way, and it happens some time afterwards;
 * - `retried`: its answer is lost, it is done once more, and that answer is heard;
 * - `again`: it happens, and some time afterwards happens once more.
 */
export type Mishap = 'before' | 'after' | 'late' | 'retried' | 'again';

/**
 * A gate whose n-th operation, from 0, meets with a mishap. Later operations run as ever: after a death, that is the
 * process that was started in its place.
 */
export function crashing(gate: Gate, at: number, mishap: Mishap): Gate {
  let count = 0;
  return async (operation, orphan = false) => {
    if (orphan || count++ !== at) return gate(operation, orphan);
    if (mishap === 'before' || mishap === 'late') {
      await gate(async () => undefined);
      if (mishap === 'late') void gate(operation, true);
      throw new Crash();
    }
    const answer = await gate(operation);
    if (mishap === 'after') throw new Crash();
    if (mishap === 'again') void gate(operation, true);
    return mishap === 'retried' ? gate(operation) : answer;
  };
}
