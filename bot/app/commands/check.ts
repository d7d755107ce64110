import type { Mode } from '../../../workflow/inspection/finding.ts';
import { context, header, message, section, textMessage } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { listWithin, sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { countOf } from '../../media/wording/phrases.ts';
import { type Checked, type DescribedCheck, describeCheck } from './describe-check.ts';
import { readPasted } from './pasted.ts';
import type { Subcommand } from './subcommand.ts';
/** `/policy-guard check …`: would an action, a pattern or a pasted policy be caught? Nothing is stored. */
export const check: Subcommand = async ({ restricted, settings: { MODE: mode } }, { argument }) => {
  const checked = readPasted(argument);
  if (checked !== undefined) return checkMessage(checked, describeCheck(checked, restricted, mode), mode);
  const what = argument.trim() === '' ? 'Check what?' : 'That is no action, pattern or policy.';
  return textMessage(
    `${what} Write \`/policy-guard check s3:DeleteBucket\`, a pattern such as \`s3:Delete*\`, or paste a policy as JSON.`,
  );
};

/** What the rest of the message needs at most. */
const FRAME = 3_000;

const TITLE: Readonly<Record<DescribedCheck['verdict'], string>> = {
  quarantined: '🔒 It would be quarantined',
  reported: 'ℹ️ It would be reported, and not touched',
  allowed: '🟢 It would be allowed',
};

/** Whether something would be caught, and by which entries of the list. */
export function checkMessage(checked: Checked, described: DescribedCheck, mode: Mode): Message {
  const title = TITLE[described.verdict];
  return message(title, [
    header(title),
    section(asked(checked)),
    ...(described.unreadable === undefined
      ? []
      : [
          section(
            `It can't be read as a policy, which counts as restricted: ${code(described.unreadable, 700)}`,
          ),
        ]),
    ...list(checked, described),
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
  const entries = new Set(findings.map(({ restricted }) => restricted)).size;
  return sections([
    `*Caught by ${countOf(entries, 'entry', 'entries')}*`,
    ...listWithin(lines, LIMIT.messageText - FRAME),
  ]);
}

function line(checked: Checked, finding: DescribedCheck['findings'][number]): string {
  const { restricted, grantedBy, statement, set, severity, mode, because, why } = finding;
  const facts = [
    ...(set === undefined ? [] : [plain(set, 60)]),
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    mode === 'observe' ? 'observed only' : 'enforced',
  ];
  const where = 'policy' in checked ? ` in ${plain(statement, 100)}` : '';
  const first = `• ${code(restricted, 150)} (${facts.join(', ')}) – granted by ${code(grantedBy, 300)}${where}`;
  return [
    first,
    ...(because === undefined ? [] : [`    counts here: ${code(because, 250)}`]),
    ...(why === undefined ? [] : [`    ${plain(why, 200)}`]),
  ].join('\n');
}
