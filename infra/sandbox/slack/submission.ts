import { checkView } from './methods/views.ts';
import { SlackError } from './slack-error.ts';
import type { View, Views } from './views.ts';

/**
 * What Slack does with the answer to a submitted modal (docs.slack.dev, "Modals", `response_action`).
 *
 * @returns errors to show next to the inputs: block id → message
 * @throws SlackError for a view that Slack does not take, and for `push` and `clear`, which the guard does not answer
 */
export function afterSubmit(
  views: Views,
  view: View,
  body: Record<string, unknown>,
): Record<string, string> | null {
  switch (body.response_action) {
    case undefined:
      views.close(view);
      return null;
    case 'errors':
      return body.errors as Record<string, string>;
    case 'update':
      checkView(body.view, 'modal');
      views.update(view, body.view as Record<string, unknown>);
      return null;
    default:
      throw new SlackError('unsupported_response_action');
  }
}
