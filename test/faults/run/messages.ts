import type { Case } from '../cases/case.ts';
import type { Played } from '../plays/play.ts';

/** What a worker is asked to play. */
export interface Job {
  played: Case;
  seed: number;
}

/** What it answers. */
export interface Result extends Played {
  played: Case;
  /** Real milliseconds. */
  tookMs: number;
  /** Why the case could not be played to its end: a fault of the harness, or of the product. */
  broken?: string;
}
