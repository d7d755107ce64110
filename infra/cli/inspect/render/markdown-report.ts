import type { Finding } from '../../../../workflow/inspection/finding.ts';
import { policyOf, type Tally } from '../tally.ts';
import type { Complaint, Told } from '../told.ts';
import { printable } from './printable.ts';
import type { Report } from './report.ts';
import { headlines, notJudged } from './summary.ts';

/** GitHub takes comments of 65,536 characters; totals and what could not be read need room too. */
const MOST_CHARACTERS = 45_000;
const MOST_COMPLAINTS = 20;
const MOST_SHOWN = 200;

/** By this a workflow finds the comment that it wrote before. */
const MARKER = '<!-- policy-guard inspect -->';

/** Markdown for the comment of a pull request. All foreign text stands in code spans, where nothing has a meaning. */
export class MarkdownReport implements Report {
  readonly hasTotals = true;
  private readonly rows: string[] = [];
  private room = MOST_CHARACTERS;
  private left = 0;

  tell(told: Told): string {
    const { restricted, findings, unreadable } = told.answer;
    if (!restricted) return '';
    for (const finding of findings) this.add(told, granted(finding), told.lineOf(finding.statement));
    if (unreadable !== undefined) this.add(told, code(unreadable), told.line());
    return '';
  }

  end(tally: Tally, complaints: readonly Complaint[]): string {
    const lines = [MARKER, `### Policy Guard: ${verdict(tally)}`, '', ...headlines(tally), ''];
    if (this.rows.length > 0) {
      lines.push('| policy | grants | where |', '| --- | --- | --- |', ...this.rows, '');
      if (this.left > 0) lines.push(`… and ${this.left} more.`, '');
    }
    if (complaints.length > 0) lines.push('**Not read**', '', ...complaintLines(complaints), '');
    const left = notJudged(tally);
    if (left.length > 0) {
      lines.push('<details><summary>Not judged</summary>', '');
      for (const { what, count, names } of left) {
        lines.push(`- ${what}: ${count}${names.length > 0 ? ` (${names.map(code).join(', ')})` : ''}`);
      }
      lines.push('', '</details>', '');
    }
    return `${lines.join('\n').trimEnd()}\n`;
  }

  private add(told: Told, grants: string, line: number): void {
    const who = told.answer.event?.requester;
    const policy = policyOf(told.answer) ?? told.source;
    const by = who === undefined ? '' : ` by ${code(who)} in ${code(told.answer.event?.accountId ?? '')}`;
    const row = `| ${code(policy)}${by} | ${grants} | ${code(`${told.path}:${line}`)} |`;
    if (row.length > this.room) this.left++;
    else {
      this.rows.push(row);
      this.room -= row.length;
    }
  }
}

function verdict(tally: Tally): string {
  if (tally.unreadableInputs > 0) return 'not everything could be judged';
  if (tally.restricted > 0) return `${tally.restricted} to be held`;
  return tally.judged > 0 ? 'nothing to hold' : 'nothing to judge';
}

function granted({ restricted, grantedBy, resources, conditional, because, why }: Finding): string {
  const on = resources.length > 0 ? ` on ${code(resources.join(', '))}` : '';
  const only = conditional ? ', under a condition, which does not excuse it' : '';
  const decided = because === undefined ? '' : `<br>counts here: ${code(because)}`;
  const reason = why === undefined ? '' : `<br>${code(why)}`;
  const by = grantedBy === restricted ? '' : ` by ${code(grantedBy)}`;
  return `${code(restricted)}${by}${on}${only}${decided}${reason}`;
}

function complaintLines(complaints: readonly Complaint[]): string[] {
  const shown = complaints
    .slice(0, MOST_COMPLAINTS)
    .map(({ path, reason }) => `- ${code(path)}: ${code(reason)}`);
  const more = complaints.length - shown.length;
  return more > 0 ? [...shown, `- … and ${more} more`] : shown;
}

/** A code span that the text can't end: its fence is longer than any in the text. */
function code(text: string): string {
  const shown = printable(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${space}${shown.replaceAll('|', '\\|')}${space}${fence}`;
}
