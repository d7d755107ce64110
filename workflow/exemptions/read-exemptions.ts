import type { Exemption } from '../ledger/request.ts';
import { readListText } from '../settings/read-list.ts';
import type { Environment } from '../settings/settings.ts';
import { SettingsError } from '../settings/settings.ts';

const ENTRY = /^(arn:[\w*?-]+:(?:iam|sts):[^:\s]*:[\d*?]+:\S+)\s+until\s+(\d{4}-\d{2}-\d{2})\s*:\s*(\S.*)$/;

/**
 * Reads EXEMPT_REQUESTERS: `ARN pattern until YYYY-MM-DD: reason`, separated by semicolons or new lines; `#` begins a
 * comment. An exemption without an end or a reason is no exemption.
 *
 * @throws SettingsError naming every bad entry
 */
export function readExemptions(environment: Environment): Exemption[] {
  const list = readListText(environment, 'EXEMPT_REQUESTERS');
  if (list === undefined) return [];
  const entries = list.text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/(^|\s)#.*/, '').split(/;\s*/))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const problems: string[] = [];
  const exemptions = entries.flatMap((entry) => {
    const [, pattern, until, reason] = ENTRY.exec(entry) ?? [];
    if (pattern && until && reason && isDay(until)) return [{ pattern, until, reason }];
    problems.push(
      `${list.from}: ${JSON.stringify(entry)} is not like “arn:aws:iam::123456789012:role/deployer until 2026-12-31: why”`,
    );
    return [];
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return exemptions;
}

/** `2026-02-30` is no day. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
