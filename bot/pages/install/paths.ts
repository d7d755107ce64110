/** Where Slack and people reach the bot, below the public address. */
export const PATH = {
  events: '/slack/events',
  install: '/slack/install',
  redirect: '/slack/oauth_redirect',
} as const;

/** @param publicUrl with or without a slash at its end, and with a stage or without */
export function publicAddress(publicUrl: string, path: string): string {
  return `${publicUrl.replace(/\/+$/, '')}${path}`;
}
