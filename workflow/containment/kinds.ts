import type { Change } from '../events/change.ts';
import type { ChangeKind } from './change-kind.ts';
import * as all from './kinds/index.ts';

/** Every kind of change that is watched, by the name of its event. A new kind is one file and one line in `kinds/`. */
export const kinds: ReadonlyMap<string, ChangeKind> = new Map(
  Object.values(all).map((kind) => [kind.eventName, kind]),
);

export const watchedEventNames: readonly string[] = [...kinds.keys()];

/** A change of a kind that this version does not know: it was not made by `parseChange`. */
export class UnknownKindError extends Error {
  override name = 'UnknownKindError';
}

/** @throws UnknownKindError */
export function kindOf(change: Change): ChangeKind {
  const kind = kinds.get(change.eventName);
  if (kind === undefined)
    throw new UnknownKindError(`${change.eventName} is not a kind of change that is watched.`);
  return kind;
}
