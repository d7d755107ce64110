/** Names shared by the messages that show a button or a modal and the listeners that hear of it. */

export const DECISION_BLOCK = 'decision';

export const ACTION = {
  approve: 'approve',
  deny: 'deny',
  decideWithReason: 'decide_with_reason',
  details: 'details',
} as const;

export const REASON_VIEW = 'decide_with_reason';

/** Inputs of the modal, by block; each block holds one input of the same name. */
export const REASON_INPUT = { decision: 'decision', reason: 'reason' } as const;

export const COMMAND = '/policy-guard';

/** The modal of details. Buttons of one block need ids of their own, so each of a page's begins with `page`. */
export const DETAILS = { view: 'details', page: 'details_page' } as const;

/** App Home. `openMessage` leads to a message by itself, but Slack tells the bot of the click all the same. */
export const HOME = { refresh: 'home_refresh', openMessage: 'home_open_message' } as const;
