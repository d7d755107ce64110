interface Payload {
  type?: string;
  actions?: { action_id?: string }[];
  view?: { callback_id?: string };
  event?: { type?: string };
}

/** What Slack sends, in a word or two: its kind, and what was clicked, submitted or typed. @param body masked */
export function nameOfDelivery(body: string): string {
  const form = new URLSearchParams(body);
  const command = form.get('command');
  if (command !== null) return `${command} ${form.get('text') ?? ''}`.trim();
  const { type, actions, view, event } = parsed(form.get('payload') ?? body);
  const about = event?.type ?? actions?.[0]?.action_id ?? view?.callback_id;
  return [type === 'event_callback' ? undefined : type, about].filter(Boolean).join(' ') || 'request';
}

/** The method of Slack's Web API, or that a `response_url` was used. @param path of the request, on slack.com */
export function nameOfCall(path: string): string {
  const [area, name = ''] = path.split('/');
  return area === 'response' ? 'response_url' : name;
}

/** The error that an answer of Slack's Web API tells with HTTP 200; null where there is none. */
export function errorOf(body: string): string | null {
  const { ok, error } = parsed(body) as { ok?: unknown; error?: unknown };
  return ok === false && typeof error === 'string' ? error : null;
}

function parsed(text: string): Payload {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
