import type { types } from '@slack/bolt';

/** Block Kit as Slack's own package describes it; the sandbox's Slack has refused anything else. */
export type Block = types.KnownBlock;
export type ModalView = types.ModalView;
export type ActionsBlock = types.ActionsBlock;
export type Button = types.Button;
export type Checkboxes = types.Checkboxes;
export type Confirm = types.ConfirmationDialog;
export type ContextBlock = types.ContextBlock;
export type InputBlock = types.InputBlock;
export type Option = types.PlainTextOption | types.MrkdwnOption;
export type Overflow = types.Overflow;
export type PlainTextInput = types.PlainTextInput;
export type RadioButtons = types.RadioButtons;
export type SectionBlock = types.SectionBlock;
export type StaticSelect = types.StaticSelect;
export type TextObject = types.PlainTextElement | types.MrkdwnElement;

/** A click on a button, or a choice from a menu: `value` is the button's or the option's. */
export interface Click {
  actionId: string;
  blockId?: string;
  value?: string;
}
