import { ERROR } from '../../../workflow/decisions/error-names.ts';

/** A decision stands, or the request has ended: waiting for a click would be waiting for nothing. */
export class AlreadyDecidedError extends Error {
  override name = ERROR.alreadyDecided;

  constructor(requestId: string) {
    super(`Request ${requestId} needs no decision any more; the ledger knows what comes next.`);
  }
}

/** Slack asks to wait, and the state machine's Retry is what waits. */
export class SlackRateLimitedError extends Error {
  override name = ERROR.slackRateLimited;

  constructor(cause: unknown) {
    super('Slack takes about one message a second for a channel; trying again shortly.', { cause });
  }
}

/** The message of a group, which alone is to show a request, does not show it yet. */
export function notShown(): SlackRateLimitedError {
  return new SlackRateLimitedError(new Error('The message of its group does not show it yet.'));
}

/** Another execution posts the message of a group right now. */
export function beingPosted(): SlackRateLimitedError {
  return new SlackRateLimitedError(new Error('The message of its group is being posted right now.'));
}

/** Nobody has been told, or it could not be written down: worth another try. */
export class NotDeliveredError extends Error {
  override name = ERROR.notDelivered;

  constructor(what: string, cause: unknown) {
    super(
      `${what} Trying again; if this lasts, look at the cause and at the status pages of AWS and Slack.`,
      {
        cause,
      },
    );
  }
}

/** Slack and e-mail both failed; the message holds both reasons, for it is all that an execution shows. */
export function nobodyHeard(slack: unknown, email: unknown): NotDeliveredError {
  const reasons = `Slack: ${reason(slack)} E-mail: ${reason(email)}`;
  return new NotDeliveredError(
    `Neither Slack nor e-mail took it. ${reasons}`,
    new AggregateError([slack, email], reasons),
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
