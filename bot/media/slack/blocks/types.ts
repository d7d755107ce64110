import type { types } from '@slack/bolt';

export type Block = types.KnownBlock;
export type ModalView = types.ModalView;
export type HomeView = types.HomeView;

/** What `chat.postMessage` and `chat.update` take. `text` is what notifications and screen readers get. */
export interface Message {
  text: string;
  blocks: Block[];
}
