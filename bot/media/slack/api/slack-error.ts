/**
 * - `rate-limited`: Slack answered 429; waiting helps.
 * - `unauthorized`: the token is missing, revoked or wrong; a new one may be in the secret already.
 * - `refused`: Slack understood and said no; `code` says why.
 * - `unreachable`: no answer, no answer in time, or one that is not Slack's.
 */
type SlackFailure = 'rate-limited' | 'unauthorized' | 'refused' | 'unreachable';

/** A call to Slack's Web API that did not work. The message never holds a token or the content of the call. */
export class SlackCallError extends Error {
  readonly failure: SlackFailure;
  /** Slack's error code, e.g. `channel_not_found`, or the HTTP status. */
  readonly code: string;

  constructor(method: string, failure: SlackFailure, code: string, cause?: unknown) {
    super(`Slack did not take ${method}: ${code} (${failure}).`, { cause });
    this.name = 'SlackCallError';
    this.failure = failure;
    this.code = code;
  }
}

export function isRateLimited(error: unknown): boolean {
  return error instanceof SlackCallError && error.failure === 'rate-limited';
}

/** Why a call did not work, in a few words for the middle of a sentence: Slack's error code or the HTTP status. */
export function failureInBrief(error: unknown): string {
  if (error instanceof SlackCallError) return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** The codes by which Slack says that the token is not, or no longer, good. */
const UNAUTHORIZED = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
]);

/** Sorts what the Web API client threw; kept structural so that two copies of the client do no harm. */
export function toSlackCallError(method: string, thrown: unknown): SlackCallError {
  if (thrown instanceof SlackCallError) return thrown;
  const error = thrown as {
    code?: string;
    data?: { error?: unknown };
    statusCode?: number;
    message?: string;
  };
  switch (error.code) {
    case 'slack_webapi_rate_limited_error':
      return new SlackCallError(method, 'rate-limited', 'ratelimited', thrown);
    case 'slack_webapi_platform_error': {
      const code = String(error.data?.error ?? 'unknown_error').slice(0, 100);
      if (code === 'ratelimited') return new SlackCallError(method, 'rate-limited', code, thrown);
      return new SlackCallError(method, UNAUTHORIZED.has(code) ? 'unauthorized' : 'refused', code, thrown);
    }
    case 'slack_webapi_http_error':
      return new SlackCallError(method, 'unreachable', `HTTP ${error.statusCode}`, thrown);
    default:
      return new SlackCallError(method, 'unreachable', error.message ?? 'no answer', thrown);
  }
}

/** Slack's words for a message that can't be changed or replied to any more, most often because it was deleted. */
const LOST = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
]);

/** @returns true when waiting or trying again can't help, but a new message can */
export function isLost(error: unknown): boolean {
  return error instanceof SlackCallError && error.failure === 'refused' && LOST.has(error.code);
}
