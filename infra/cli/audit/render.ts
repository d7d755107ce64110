import { idsOf } from '../../../bot/media/wording/describe-story.ts';
import { printable } from '../inspect/render/printable.ts';
import type { Story } from './read-stories.ts';

/** A story for people: a line for each thing that happened, with its ids. */
export function renderStory({ requestId, status, outcome, story }: Story): string {
  const title =
    requestId === undefined
      ? 'Of no request'
      : `Request ${requestId}: ${outcome ?? status ?? 'not in the ledger, only its trail is'}`;
  const ids = idsOf(story);
  const lines = story.map(({ at, event, detail }, index) => {
    const known = (ids[index] ?? []).map(({ label, value }) => `${label} ${value}`);
    return `  ${at}  ${event}  ${detail}${known.length === 0 ? '' : ` [${known.join(', ')}]`}`;
  });
  return `${[title, ...lines].map(printable).join('\n')}\n`;
}

/** One object on one line; what could steer a terminal is escaped as JSON allows. */
export function renderJson(story: Story): string {
  return `${printable(JSON.stringify(story))}\n`;
}
