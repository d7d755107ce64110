import type { Mode } from '../../../workflow/inspection/finding.ts';
import {
  type Block,
  context,
  header,
  type Message,
  message,
  section,
  sections,
  takeWithin,
} from '../../slack/blocks/blocks.ts';
import { LIMIT } from '../../slack/blocks/limits.ts';
import { code, plain } from '../../slack/blocks/mrkdwn.ts';
import { countOf } from '../../wording/phrases.ts';
import type { Checked, DescribedCheck } from './describe-check.ts';

/** What the rest of the message needs at most. */
const FRAME = 3_000;

const TITLE: Readonly<Record<DescribedCheck['verdict'], string>> = {
  quarantined: '🔒 It would be quarantined',
  reported: 'ℹ️ It would be reported, and not touched',
  allowed: '🟢 It would be allowed',
};

/** Whether something would be caught, and by which entries of the list. */
export function checkMessage(checked: Checked, view: DescribedCheck, mode: Mode): Message {
  const title = TITLE[view.verdict];
  return message(title, [
    header(title),
    section(asked(checked)),
    ...(view.unreadable === undefined
      ? []
      : [section(`It can't be read as a policy, which counts as restricted: ${code(view.unreadable, 700)}`)]),
    ...list(checked, view),
    context(`${MODE[mode]} Nothing of what you asked is kept.`),
  ]);
}

const MODE: Readonly<Record<Mode, string>> = {
  enforce: 'Judged by the list as it is configured now.',
  observe: '*MODE=observe:* whatever is not marked as enforced is reported only.',
};

function asked(checked: Checked): string {
  if ('policy' in checked) return `A policy of ${countOf(checked.policy.length, 'character')}`;
  const { shown, left } = takeWithin(
    checked.actions.map((action) => code(action, 150)),
    1_000,
  );
  return `A policy that allows ${shown.join(', ')}${left === 0 ? '' : ` and ${left} more`} on everything`;
}

function list(checked: Checked, { verdict, findings }: DescribedCheck): Block[] {
  if (verdict === 'allowed') return [section('No entry of the list of restricted actions covers it.')];
  if (findings.length === 0) return [];
  const lines = findings.map((finding) => line(checked, finding));
  const { shown, left } = takeWithin(lines, LIMIT.messageText - FRAME);
  const rest = left === 0 ? [] : [`_… and ${left} more._`];
  const entries = new Set(findings.map(({ restricted }) => restricted)).size;
  return sections([`*Caught by ${countOf(entries, 'entry', 'entries')}*`, ...shown, ...rest]);
}

function line(checked: Checked, finding: DescribedCheck['findings'][number]): string {
  const { restricted, grantedBy, statement, set, severity, mode, why } = finding;
  const facts = [
    ...(set === undefined ? [] : [plain(set, 60)]),
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    mode === 'observe' ? 'observed only' : 'enforced',
  ];
  const where = 'policy' in checked ? ` in ${plain(statement, 100)}` : '';
  const first = `• ${code(restricted, 150)} (${facts.join(', ')}) – granted by ${code(grantedBy, 300)}${where}`;
  return why === undefined ? first : `${first}\n    ${plain(why, 200)}`;
}
