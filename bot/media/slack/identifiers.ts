/** Names shared by the messages that show a button or a modal and the listeners that hear of it. */

export const DECISION_BLOCK = 'decision';

export const ACTION = {
  approve: 'approve',
  deny: 'deny',
  details: 'details',
  ask: 'ask',
  look: 'look',
  answer: 'answer',
  giveReason: 'give_reason',
  approveAll: 'approve_all',
  denyAll: 'deny_all',
} as const;

/** Modals, by `callback_id`. */
export const VIEW = {
  deny: 'deny',
  breakGlass: 'break_glass',
  approveAll: 'approve_all',
  denyAll: 'deny_all',
  ask: 'ask',
} as const;

/** Block and action of the one input that these modals have. */
export const REASON_INPUT = 'reason';

/** The same of a direct message's field. */
export const REMARK_INPUT = 'remark';

export const COMMAND = '/policy-guard';

/** The modal of details. Buttons of one block need ids of their own, so each of a page's begins with `page`. */
export const DETAILS = { view: 'details', page: 'details_page' } as const;

/** App Home. `openMessage` leads to a message by itself, but Slack tells the bot of the click all the same. */
export const HOME = { refresh: 'home_refresh', openMessage: 'home_open_message' } as const;
