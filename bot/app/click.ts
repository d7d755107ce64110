import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';

/** What Bolt gives a listener for a button. */
export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/** What a click on one of our buttons says; `requestId` is untrusted text until the ledger knows it. */
export interface Click {
  requestId: string;
  userId: string;
  userName: string;
  teamId: string;
  channel: string | undefined;
  /** The message that holds the button. */
  messageTs: string | undefined;
}

export function readClick(body: BlockAction, action: ButtonAction): Click {
  return {
    requestId: action.value ?? '',
    userId: body.user.id,
    userName: body.user.name ?? body.user.username ?? body.user.id,
    teamId: body.team?.id ?? '',
    channel: body.channel?.id ?? body.container?.channel_id,
    messageTs: body.message?.ts ?? body.container?.message_ts,
  };
}
