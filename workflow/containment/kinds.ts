import type { ChangeKind } from './change-kind.ts';
import * as all from './kinds/index.ts';

/** Every kind of change that is watched, by the name of its event. A new kind is one file and one line in `kinds/`. */
export const kinds: ReadonlyMap<string, ChangeKind> = new Map(
  Object.values(all).map((kind) => [kind.eventName, kind]),
);

export const watchedEventNames: readonly string[] = [...kinds.keys()];
