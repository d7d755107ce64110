import { ERROR } from './error-names.ts';

/**
 * This execution was dead while another one did its work, and somebody had it go on. What it would do was done, and may
 * have been decided otherwise since.
 */
export class OvertakenError extends Error {
  override name = ERROR.overtaken;

  constructor(requestId: string) {
    super(`Request ${requestId} has ended, or another execution works for it. Nothing was changed.`);
  }
}
