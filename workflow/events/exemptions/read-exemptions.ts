import { ARN_PATTERN } from '../../runtime/arn-pattern.ts';
import { readListText } from '../../runtime/settings/read-list.ts';
import { type Environment, SettingsError } from '../../runtime/settings/settings.ts';
import type { Exemption } from './exemption.ts';

const PATTERN = new RegExp(`^${ARN_PATTERN}$`);

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
    const read = readEntry(entry);
    if (typeof read !== 'string') return [read];
    problems.push(`${list.from}: ${JSON.stringify(entry)} ${read}; it has to be like ${EXAMPLE}`);
    return [];
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return exemptions;
}

const EXAMPLE = '“arn:aws:iam::123456789012:role/deployer until 2026-12-31: why”';

/** @returns what is wrong with the entry, where it is none */
function readEntry(entry: string): Exemption | string {
  const [, pattern = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(entry) ?? [];
  if (!PATTERN.test(pattern)) return 'does not begin with an ARN pattern';
  if (namesNobody(pattern)) return 'names everybody, and an exemption is for somebody';
  const [, until = '', reason = ''] = /^until\s+([^\s:]+)\s*(?::\s*(.*))?$/.exec(rest) ?? [];
  if (!isDay(until)) return 'does not say until which day (until YYYY-MM-DD)';
  if (reason.trim() === '') return 'does not say why';
  return { pattern, until, reason: reason.trim() };
}

/** Nothing but wildcards where the name of a user, role or session stands. */
function namesNobody(pattern: string): boolean {
  const resource = pattern.split(':').slice(5).join(':');
  return /^[*?]+$/.test(resource) || /^[a-z-]+\/[*?/]+$/.test(resource);
}

/** `2026-02-30` is no day. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
