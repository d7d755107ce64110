import { message, section } from '../media/slack/blocks/blocks.ts';
import { mentionApprovers } from '../media/slack/blocks/mentions.ts';
import { modal } from '../media/slack/blocks/modal.ts';
import { plain } from '../media/slack/blocks/mrkdwn.ts';
import type { Block, Message, ModalView } from '../media/slack/blocks/types.ts';

/** Why a click was refused, and who may decide. */
export interface Refusal {
  /** One sentence or two for the person who clicked, not escaped. */
  why: string;
  /** User ids and user group ids; missing where others could do no better. */
  approvers?: readonly string[];
  /** Something could not be found out or written down; the same may work in a moment. */
  passing?: boolean;
}

/** A refusal as the private answer to a click. */
export function refusalMessage(refusal: Refusal): Message {
  const said = plain(refusal.why, 400);
  return message([said, ...whoMay(refusal)].join(' '), refusalBlocks(refusal));
}

/** The same instead of the modal that was submitted. */
export function refusalView(refusal: Refusal, title = 'Nothing was decided'): ModalView {
  return modal({ title, blocks: refusalBlocks(refusal) });
}

function refusalBlocks(refusal: Refusal): Block[] {
  return [plain(refusal.why, 2_000), ...whoMay(refusal)].map(section);
}

function whoMay({ approvers }: Refusal): string[] {
  return approvers === undefined
    ? []
    : [`These may decide: ${mentionApprovers(approvers)}, except on their own changes.`];
}
