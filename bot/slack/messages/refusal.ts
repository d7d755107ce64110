import type { Block, Message, ModalView } from './blocks.ts';
import { message, section } from './blocks.ts';
import { mentionApprovers } from './mentions.ts';
import { plain } from './mrkdwn.ts';

/** Why a click was refused, and who may decide. */
export interface Refusal {
  /** One sentence or two for the person who clicked, not escaped. */
  why: string;
  /** User ids and user group ids; missing where others could do no better. */
  approvers?: readonly string[];
}

/** A refusal as the private answer to a click. */
export function refusalMessage(refusal: Refusal): Message {
  const blocks = refusalBlocks(refusal);
  return message(plain(refusal.why, 1_000), blocks);
}

/** The same instead of the modal that was submitted. */
export function refusalView(refusal: Refusal): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Nothing was decided' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: refusalBlocks(refusal),
  };
}

function refusalBlocks({ why, approvers }: Refusal): Block[] {
  const said = section(plain(why, 2_000));
  return approvers === undefined
    ? [said]
    : [said, section(`These may decide: ${mentionApprovers(approvers)}, except on their own changes.`)];
}
