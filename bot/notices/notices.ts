import { header, type Message, message, section } from '../slack/blocks/blocks.ts';
import { plain } from '../slack/blocks/mrkdwn.ts';
import { changeFields } from '../slack/parts/change-fields.ts';
import type { ChangeView } from '../wording/describe-change.ts';
import type { AllowedView } from './describe-allowed.ts';

/** A short answer that only the person who clicked or typed sees. `text` is markup, its foreign parts escaped. */
export function answer(text: string): Message {
  return message(text, [section(text)]);
}

/** A harmless change, told because `NOTIFY_ALLOWED` asks for it. */
export function allowedMessage(view: AllowedView): Message {
  const text = `🟢 Allowed: ${plain(view.title, 400)}. ${plain(view.reason, 400)}`;
  return message(text, [section(text), changeFields(view)]);
}

/** A change that ended before it could be put to anybody: somebody else changed or deleted it first. */
export function endedEarlyMessage(view: ChangeView, outcome: 'superseded' | 'gone', detail: string): Message {
  const text = `${plain(view.title, 400)}. Nobody was asked: ${plain(detail, 500)}`;
  return message(text, [
    header(`ℹ️ ${outcome === 'gone' ? 'Gone' : 'Superseded'}: ${plain(view.policyName, 120)}`),
    section(text),
    changeFields(view),
  ]);
}

/** A reply in the thread of the request that already covers a change which was made once more. */
export function coveredMessage(view: ChangeView): Message {
  const text = `🔁 ${plain(view.title, 400)}, once more. It was taken out of force again; the request above still covers it.`;
  return message(text, [section(text)]);
}
