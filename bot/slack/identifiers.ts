/** Names shared by the messages that show a button or a modal and the listeners that hear of it. */

export const DECISION_BLOCK = 'decision';

export const ACTION = {
  approve: 'approve',
  deny: 'deny',
  details: 'details',
  approveAll: 'approve_all',
  denyAll: 'deny_all',
} as const;

/** Modals, by `callback_id`. */
export const VIEW = {
  deny: 'deny',
  breakGlass: 'break_glass',
  approveAll: 'approve_all',
  denyAll: 'deny_all',
} as const;

/** Block and action of the one input that these modals have. */
export const REASON_INPUT = 'reason';

export const COMMAND = '/policy-guard';
