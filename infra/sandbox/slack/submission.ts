import { checkView } from './methods/views.ts';
import type { View, Views } from './views.ts';

/**
 * What Slack does with the answer to a submitted modal (docs.slack.dev, "Modals", `response_action`).
 *
 * @returns errors to show next to the inputs: block id → message
 * @throws SlackError when the answer holds a view that Slack does not take
 */
export function afterSubmit(
  views: Views,
  view: View,
  body: Record<string, unknown>,
): Record<string, string> | null {
  if (body.response_action === 'errors') return body.errors as Record<string, string>;
  if (body.response_action === 'update' || body.response_action === 'push') {
    checkView(body.view, 'modal');
    const content = body.view as Record<string, unknown>;
    if (body.response_action === 'update') views.update(view, content);
    else views.push(view, content);
  } else if (body.response_action === 'clear') {
    views.closeStack(view);
  } else {
    views.close(view);
  }
  return null;
}
