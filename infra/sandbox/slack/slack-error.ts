/** Slack's Web API says no: HTTP 200 with `ok: false` and this error code. */
export class SlackError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  /** @param details further fields of the answer, e.g. `response_metadata` */
  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.details = details;
  }
}

/** Too many calls: HTTP 429 with `Retry-After`. */
export class SlackRateLimit extends Error {
  /** Whole seconds, at least 1. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('ratelimited');
    this.name = 'SlackRateLimit';
    this.retryAfter = retryAfter;
  }
}

/** Blocks or views that Slack does not take. */
export function invalid(code: string, messages: readonly string[]): SlackError {
  return new SlackError(code, { errors: messages.map(withoutPrefix), response_metadata: { messages } });
}

function withoutPrefix(message: string): string {
  return message.replace(/^\[ERROR\] /, '');
}
