import { createHmac } from 'node:crypto';

/** Slack's signature of a request (docs.slack.dev, "Verifying requests from Slack"). @param now Unix seconds */
export function sign(body: string, secret: string, now: number): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${now}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(now), 'x-slack-signature': `v0=${mac}` };
}
