import { context, header, message } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { idsOf, type StoryLine } from '../../media/wording/describe-story.ts';

/** What headline and footer of a page need at most. */
const FRAME = 500;

/** A line is cut rather than left out; the terminal has all of it. */
const LINE = 1_000;

/**
 * The story of a request in pages: the first stands below the request itself, in the room that it leaves, and each
 * other is a message of its own.
 *
 * @param record the request as it stands
 * @param page from 1; the last one where there are fewer
 */
export function storyMessage(
  requestId: string,
  story: readonly StoryLine[],
  record: Message,
  page: number,
): Message {
  const room = LIMIT.messageText - FRAME;
  const pages = pagesOf(storyLines(story), room - JSON.stringify(record.blocks).length, room);
  const shown = Math.min(Math.max(page, 1), pages.length);
  const body = [...sections(pages[shown - 1] ?? []), whereTheRestIs(requestId, shown, pages.length)];
  if (shown === 1) return { ...record, blocks: [...record.blocks, ...body] };
  const title = `The story of ${plain(requestId, 80)}`;
  return message(title, [header(title), ...body]);
}

function pagesOf(lines: readonly string[], first: number, others: number): string[][] {
  const pages = [takeWithin(lines, first).shown];
  for (let told = pages[0]?.length ?? 0; told < lines.length; ) {
    const { shown } = takeWithin(lines.slice(told), others);
    pages.push(shown);
    told += shown.length;
  }
  return pages;
}

function storyLines(story: readonly StoryLine[]): string[] {
  const ids = idsOf(story);
  return story.map(({ at, event, detail }, index) => {
    const known = (ids[index] ?? []).map(({ label, value }) => `${label} ${code(value, 200)}`);
    return [`${code(at, 40)} *${plain(event, 60)}* ${plain(detail, LINE)}`, ...known].join(' · ');
  });
}

function whereTheRestIs(requestId: string, page: number, pages: number): Block {
  const next = page < pages ? ` ${code(`/policy-guard show ${requestId} page ${page + 1}`)} tells more.` : '';
  return context(
    `Page ${page} of ${pages}.${next} With AWS credentials: ${code(`npm run audit -- --request ${requestId}`)}`,
  );
}
