import { type Block, context, section } from '../../slack/blocks/blocks.ts';
import { code, link, plain } from '../../slack/blocks/mrkdwn.ts';
import type { DescribedDetails } from './describe-details.ts';
import { listingPages } from './listing.ts';

/** The CloudTrail event as it came. */
export function eventPages({ event, eventId, eventUrl }: DescribedDetails): Block[][] {
  const where = `CloudTrail event ${code(eventId, 100)} · ${link(eventUrl, 'open it in the AWS console')}, which keeps events for 90 days`;
  if ('missing' in event) return [[section(plain(event.missing, 500)), context(where)]];
  const note = event.documentLeftOut ? ' · the policy document is left out here and stands under Policy' : '';
  return listingPages(event.lines).map((blocks) => [context(`${where}${note}`), ...blocks]);
}
