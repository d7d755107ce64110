import type { Answer } from './judge.ts';

/** An answer, and where in the input it belongs. */
export interface Told {
  /** The path, with `#` and the place in the file when it may hold several. */
  source: string;
  path: string;
  /** From 1. */
  line(): number;
  /** The line of each statement, as far as that can be told; otherwise the document's. */
  lineOf(statement: number): number;
  answer: Answer;
  /** Nothing could be said about this part of the input. */
  isUnjudged: boolean;
}

/** An input that could not be read at all. */
export interface Complaint {
  path: string;
  reason: string;
}
