import { enumerate } from '../../wording/phrases.ts';
import { bold, code } from './mrkdwn.ts';

/** A person or a user group by its id, as a mention; what is no id of Slack's is only shown. */
export function mention(id: string): string {
  if (/^[UW][A-Z0-9]+$/.test(id)) return `<@${id}>`;
  return /^S[A-Z0-9]+$/.test(id) ? `<!subteam^${id}>` : code(id, 50);
}

/** More would make a message of names; the settings and the doctor list them all. */
const MOST = 20;

/** Everybody who may decide. */
export function mentionApprovers(approvers: readonly string[]): string {
  return enumerate(approvers.map(mention), MOST);
}

/** Somebody who has voted or decided: a mention, or the name in bold where Slack does not know them. */
export function mentionVoter({ slackUserId, name }: { slackUserId?: string; name: string }): string {
  return slackUserId === undefined ? bold(name, 100) : mention(slackUserId);
}
