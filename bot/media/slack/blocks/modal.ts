import { plainElement } from './blocks.ts';
import { LIMIT } from './limits.ts';
import { cut } from './mrkdwn.ts';
import type { Block, ModalView } from './types.ts';

/** A modal that decides something has an id, by which it is heard of, and a button to submit it. */
interface ModalOptions {
  title: string;
  blocks: Block[];
  callbackId?: string;
  /** Travels in `private_metadata`, which only Slack can write. */
  metadata?: object;
  /** What the button says that submits it; one without it only shows something. */
  submit?: string;
}

export function modal({ title, blocks, callbackId, metadata, submit }: ModalOptions): ModalView {
  return {
    type: 'modal',
    ...(callbackId !== undefined && { callback_id: callbackId }),
    ...(metadata !== undefined && { private_metadata: JSON.stringify(metadata) }),
    title: plainElement(cut(title, LIMIT.modalTitle)),
    ...(submit !== undefined && { submit: plainElement(submit) }),
    close: plainElement(submit === undefined ? 'Close' : 'Cancel'),
    blocks,
  };
}

interface TextInputOptions {
  label: string;
  hint: string;
  /** Characters. */
  shortest: number;
  longest: number;
  focus: boolean;
}

/**
 * An input of several lines, alone in its block; both have the same id.
 *
 * @param focus whether it has the focus when a modal opens; one of a modal may
 */
export function textInput(id: string, { label, hint, shortest, longest, focus }: TextInputOptions): Block {
  return {
    type: 'input',
    block_id: id,
    label: plainElement(label),
    hint: plainElement(hint),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      min_length: shortest,
      max_length: longest,
      ...(focus && { focus_on_load: true }),
    },
  };
}
