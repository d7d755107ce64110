import type { PackedDocument } from '../../../workflow/inspection/packed-document.ts';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { code, link, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';
import { readKept } from './kept-document.ts';
import { listingPages } from './listing.ts';
/** The CloudTrail event as it came. */
export function eventPages(event: DescribedEvent, eventId: string, eventUrl: string): Block[][] {
  const where = `CloudTrail event ${code(eventId, 100)} · ${link(eventUrl, 'open it in the AWS console')}, which keeps events for 90 days`;
  if ('missing' in event) return [[section(plain(event.missing, 500)), context(where)]];
  const note = event.documentLeftOut ? ' · the policy document is left out here and stands under Policy' : '';
  return listingPages(event.lines).map((blocks) => [context(`${where}${note}`), ...blocks]);
}

/** The CloudTrail record, laid out for reading, or why it cannot be shown, in one sentence. */
export type DescribedEvent = { lines: string[]; documentLeftOut: boolean } | { missing: string };

const LEFT_OUT = '(the policy document: see Policy)';

/** The document stands inside the record as one long line, and is shown better by itself. */
export function describeEvent(event: PackedDocument | undefined): DescribedEvent {
  const kept = readKept(event, 'The event was not kept with this request.');
  if ('missing' in kept) return kept;
  let documentLeftOut = false;
  const leaveOut = (key: string, value: unknown) => {
    if (key !== 'policyDocument' || typeof value !== 'string') return value;
    documentLeftOut = true;
    return LEFT_OUT;
  };
  const text = JSON.stringify(parse(kept.text), leaveOut, 2);
  return { lines: text.split('\n'), documentLeftOut };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // What is no JSON is shown as the text that it is.
  }
}
