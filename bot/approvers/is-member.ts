import type { SlackProfile } from '../media/slack/api/slack-api.ts';

/** Why somebody is no full member of the workspace; whoever is something else never counts. */
export type NoMember = 'deactivated' | 'bot' | 'guest' | 'stranger';

/** @returns undefined for a full member */
export function whyNoMember(profile: SlackProfile, teamId: string): NoMember | undefined {
  if (profile.deleted) return 'deactivated';
  if (profile.bot) return 'bot';
  const home = profile.teamId === teamId || profile.teamIds.includes(teamId);
  if (profile.stranger || !home) return 'stranger';
  return profile.guest ? 'guest' : undefined;
}

export function isMember(profile: SlackProfile, teamId: string): boolean {
  return whyNoMember(profile, teamId) === undefined;
}
