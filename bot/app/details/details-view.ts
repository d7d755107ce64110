import * as z from '../../../workflow/runtime/zod.ts';
import { actions, button, context, section } from '../../media/slack/blocks/blocks.ts';
import { modal } from '../../media/slack/blocks/modal.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, ModalView } from '../../media/slack/blocks/types.ts';
import { DETAILS } from '../../media/slack/identifiers.ts';
import type { DescribedDetails } from './describe-details.ts';
import { differencePages } from './difference.ts';
import { eventPages } from './event.ts';
import { overviewPages } from './overview.ts';
import { policyPages } from './policy.ts';

/** The parts of the modal, in order; each fills one page or more. */
const PARTS = [
  ['Overview', overviewPages],
  ['Policy', policyPages],
  ['Difference', ({ difference }: DescribedDetails) => differencePages(difference)],
  ['Event', ({ event, eventId, eventUrl }: DescribedDetails) => eventPages(event, eventId, eventUrl)],
] as const;

interface Page {
  part: string;
  /** From 1, within the part. */
  number: number;
  of: number;
  blocks: Block[];
}

/** What travels in `private_metadata`: the request, and the channel in which it was opened, if it was in one. */
export const detailsOriginSchema = z.object({ id: z.string(), channel: z.optional(z.string()) });

/**
 * A request in full, one page of it at a time. Which request and page it is travels in `private_metadata`, which only
 * Slack can write.
 *
 * @param at the page, from 0; the nearest one there is, when there is no such page (any more)
 * @param channel where it was opened
 */
export function detailsView(details: DescribedDetails, at = 0, channel?: string): ModalView {
  const pages = PARTS.flatMap(([part, build]) => {
    const built = build(details);
    return built.map((blocks, index): Page => ({ part, number: index + 1, of: built.length, blocks }));
  });
  const index = Math.min(Math.max(0, at), pages.length - 1);
  const page = pages[index] as Page;
  return modal({
    callbackId: DETAILS.view,
    metadata: { id: details.request.requestId, page: index, channel },
    title: 'Details',
    blocks: [
      section(`*${plain(details.request.policy, 400)}*`),
      partButtons(pages, page),
      ...page.blocks,
      ...turnButtons(pages, index),
    ],
  });
}

function partButtons(pages: readonly Page[], { part }: Page): Block {
  const firsts = PARTS.map(([name]) => ({ name, at: pages.findIndex((page) => page.part === name) }));
  // Colour alone would tell nothing to a screen reader; the foot of the page names the part too.
  const style = (name: string) => (name === part ? 'primary' : undefined);
  return actions(firsts.map(({ name, at }) => pageButton(name.toLowerCase(), name, at, style(name))));
}

function turnButtons(pages: readonly Page[], index: number): Block[] {
  const { part, number, of } = pages[index] as Page;
  const elements = [
    ...(index > 0 ? [pageButton('previous', 'Previous', index - 1)] : []),
    ...(index < pages.length - 1 ? [pageButton('next', 'Next', index + 1)] : []),
  ];
  return [
    context(
      `*${part}*${of === 1 ? '' : ` · page ${number} of ${of}`} · ${index + 1} of ${pages.length} in all`,
    ),
    actions(elements),
  ];
}

function pageButton(name: string, text: string, page: number, style?: 'primary') {
  return button(`${DETAILS.page}_${name}`, text, { value: String(page), ...(style && { style }) });
}
