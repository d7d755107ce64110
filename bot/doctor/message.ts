import { header, message } from '../media/slack/blocks/blocks.ts';
import { sections } from '../media/slack/blocks/lists.ts';
import { plain } from '../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../media/slack/blocks/types.ts';
import type { Check } from './check.ts';

const ICON = { ok: '✅', wrong: '❌', unknown: '❔' } as const;

/** What the doctor found: what is wrong first, each with how to mend it. */
export function doctorMessage(checks: readonly Check[]): Message {
  const order = ['wrong', 'unknown', 'ok'] as const;
  const sorted = checks.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const wrong = checks.filter((check) => check.status !== 'ok').length;
  const title = wrong === 0 ? 'All is well' : `${wrong} of ${checks.length} checks need a person`;
  return message(title, [header(`🩺 ${title}`), ...sections(sorted.map(line))]);
}

function line({ status, name, found, mend }: Check): string {
  const what = `${ICON[status]} *${plain(name, 80)}:* ${plain(found, 500)}`;
  return mend === undefined ? what : `${what}\n      _To mend it:_ ${plain(mend, 500)}`;
}
