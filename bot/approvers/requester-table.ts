import { ARN_PATTERN } from '../../workflow/runtime/arn-pattern.ts';
import { readListText } from '../../workflow/runtime/settings/read-list.ts';
import { type Environment, SettingsError } from '../../workflow/runtime/settings/settings.ts';

/** One line of the table that says who an AWS identity is in Slack. */
export interface RequesterEntry {
  /** ARN of a user, a role or a session, or a pattern of such. */
  pattern: string;
  slackUserId: string;
}

const ENTRY = new RegExp(String.raw`^(${ARN_PATTERN})\s*=\s*([UW][A-Z0-9]{2,})$`);

/**
 * Reads REQUESTER_SLACK_USERS: `ARN=U…`, separated by commas or new lines; `#` begins a comment. ARNs may hold commas
 * and equal signs, so an entry begins at `arn:` and ends at the last `=`.
 *
 * @throws SettingsError naming every bad entry
 */
export function readRequesterTable(environment: Environment): RequesterEntry[] {
  const list = readListText(environment, 'REQUESTER_SLACK_USERS');
  if (list === undefined) return [];
  const entries = list.text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/(^|\s)#.*/, '').split(/,\s*(?=arn:)/))
    .map((entry) => entry.trim().replace(/,$/, ''))
    .filter((entry) => entry !== '');
  const problems: string[] = [];
  const table = entries.flatMap((entry) => {
    const [, pattern, slackUserId] = ENTRY.exec(entry) ?? [];
    if (pattern !== undefined && slackUserId !== undefined) return [{ pattern, slackUserId }];
    problems.push(
      `${list.from}: ${JSON.stringify(entry)} is not like arn:aws:iam::123456789012:user/alice=U0123456789`,
    );
    return [];
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return table;
}
