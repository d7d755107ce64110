import type { Condition } from './store.ts';

/** What was claimed still is claimed by this caller: whoever was slower than the claim lasts has lost it. */
export function held(claim: string): Condition {
  return { expression: '#claim = :ours', values: { ':ours': claim } };
}
