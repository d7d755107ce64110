import type { SandboxState } from '../../api/contract.ts';

/** Where one person can be in Slack: the security channel, the bot's App Home, or their direct messages with it. */
export type Place = 'security' | 'home' | 'messages';

/** The place in which a channel's messages stand; undefined for a channel that the person cannot see. */
export function placeOf(channel: string, slack: SandboxState['slack'], user: string): Place | undefined {
  if (channel === slack.channel.id) return 'security';
  return channel === slack.directMessages[user] ? 'messages' : undefined;
}
