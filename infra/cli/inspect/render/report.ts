import type { Tally } from '../tally.ts';
import type { Complaint, Told } from '../told.ts';

/** A way to tell what was found. */
export interface Report {
  /** @returns what to print at once; nothing where it is told at the end */
  tell(told: Told): string;
  /** @returns what to print when everything was read */
  end(tally: Tally, complaints: readonly Complaint[]): string;
  /** Whether the totals are part of what it prints; otherwise they go where messages go. */
  hasTotals: boolean;
}
