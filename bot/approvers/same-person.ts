import type { Requester } from '../../workflow/events/change.ts';
import type { SlackProfile } from '../media/slack/api/slack-api.ts';

/**
 * Compares the requester with a Slack profile by every name that either side has.
 *
 * A Slack display name can be changed at will, so a match on it proves little; but a match only ever refuses, and
 * somebody else can decide. The e-mail address cannot be changed without confirming it, and is always compared.
 *
 * @returns the requester's name that matched, as CloudTrail has it
 */
export function isSamePerson(requester: Requester, profile: SlackProfile): string | undefined {
  const theirs = new Set(
    [profile.email, profile.name, profile.realName, profile.displayName].flatMap((name) => forms(name)),
  );
  return requester.names.find((name) => forms(name).some((form) => theirs.has(form)));
}

/**
 * The ways to write one name: whole, and without the domain or tag of an e-mail address. Case, spaces and
 * punctuation are dropped, because session names cannot hold what real names can: `Dana Lee`, `dana.lee`.
 */
function forms(name: string | undefined): string[] {
  if (!name) return [];
  const local = name.replace(/@.*$/s, '').replace(/\+.*$/s, '');
  return [...new Set([name, local].map(bare))].filter((form) => form.length > 1);
}

function bare(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
