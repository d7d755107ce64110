/** The record is no change that the guard watches: another call, another service, or a call that failed. */
export class NotAChangeError extends Error {
  override name = 'NotAChangeError';
}

/** The call failed (`errorCode`), so nothing came into force. */
export class FailedCallError extends NotAChangeError {
  override name = 'FailedCallError';

  constructor(eventName: string, errorCode: string) {
    super(`The call ${eventName} failed with ${errorCode}, so nothing came into force.`);
  }
}

/** It should be a change, but what it says cannot be made out; nothing harmless may be concluded from that. */
export class UnreadableChangeError extends Error {
  override name = 'UnreadableChangeError';
}
