import type { types } from '@slack/bolt';
import type { Values } from '../../slack/state-values.ts';

/** Block Kit as Slack's own package describes it; the sandbox's Slack has refused what the guard does not send. */
export type Block = types.KnownBlock;
export type ModalView = types.ModalView;
export type ActionsBlock = types.ActionsBlock;
export type Button = types.Button;
export type Confirm = types.ConfirmationDialog;
export type ContextBlock = types.ContextBlock;
export type InputBlock = types.InputBlock;
export type PlainTextInput = types.PlainTextInput;
export type SectionBlock = types.SectionBlock;
export type TextObject = types.PlainTextElement | types.MrkdwnElement;

/** A click on a button. */
export interface Click {
  /** What stands in the inputs beside it, where there are some. */
  values?: Values;
  actionId: string;
  blockId?: string;
  value?: string;
}
