import { message, section, textMessage } from '../../media/slack/blocks/blocks.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { bold, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { countOf } from '../../media/wording/phrases.ts';

/** Somebody decides all of a thread, in the background. */
export interface GroupProgress {
  /** Who does. Not escaped. */
  name: string;
  decision: 'approved' | 'denied';
  /** How many are to be decided, and how many are done. */
  of: number;
  done: number;
  /** Something failed that may pass: it goes on by itself. */
  interrupted?: boolean;
  /** It could not even be started. */
  notBegun?: boolean;
}

/** What became of one request when the whole group was decided. */
export interface GroupResult {
  /** Its title; the id where there is no title to be had. */
  title: string;
  /** `passing`: not decided, because something was not to be found out just now. */
  kind: 'decided' | 'counted' | 'refused' | 'passing';
  /** One sentence. Not escaped. */
  what: string;
}

/** For the thread: how far it is. */
export function groupProgressMessage({ done, interrupted, notBegun, ...progress }: GroupProgress): Message {
  if (notBegun)
    return textMessage(`⚠️ ${heading(progress)}: this could not be started, so nothing was decided.`);
  const far = `${done} of ${progress.of} so far`;
  return interrupted
    ? textMessage(
        `⚠️ ${heading(progress)}: ${far}. Something did not answer; it is tried again within minutes. Until then the others keep their buttons.`,
      )
    : textMessage(`⏳ ${heading(progress)}: ${far}.`);
}

/** Characters for those that were not decided; each refusal is in the audit trail too. */
const REFUSED_BUDGET = 5_000;

/** For the thread, once it is done: what became of them, and of each that was not decided why. */
export function groupResultMessage(
  progress: Pick<GroupProgress, 'name' | 'decision' | 'of'>,
  results: readonly GroupResult[],
): Message {
  const of = (kind: GroupResult['kind']) => results.filter((each) => each.kind === kind);
  const [refused, counted, decided] = [of('refused'), of('counted'), of('decided')];
  const votes =
    counted.length === 0
      ? ''
      : ` ${countOf(counted.length, 'approval')} counted; each of these still needs more approvers.`;
  const text = `${refused.length === 0 ? '☑️' : '⚠️'} ${heading(progress)}: ${decided.length} decided, ${refused.length} not decided.${votes}`;
  const { shown, left } = takeWithin(refused.map(resultLine), REFUSED_BUDGET);
  const rest = left === 0 ? [] : [`_… and ${left} more._`];
  return message(text, [section(text), ...sections([...shown, ...rest])]);
}

function heading({ name, decision, of }: Pick<GroupProgress, 'name' | 'decision' | 'of'>): string {
  return `${bold(name, 100)} ${decision === 'approved' ? 'approves' : 'denies'} ${countOf(of, 'change')} of this thread`;
}

function resultLine({ title, what }: GroupResult): string {
  return `• ${plain(title, 250)}\n    ${plain(what, 300)}`;
}
