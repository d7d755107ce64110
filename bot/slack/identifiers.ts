/** Names shared by the messages that show a button or a modal and the listeners that hear of it. */

export const DECISION_BLOCK = 'decision';

export const ACTION = {
  approve: 'approve',
  deny: 'deny',
  decideWithReason: 'decide_with_reason',
  showPolicy: 'show_policy',
  details: 'details',
  approveAll: 'approve_all',
  denyAll: 'deny_all',
} as const;

export const REASON_VIEW = 'decide_with_reason';

/** Inputs of the modal, by block; each block holds one input of the same name. */
export const REASON_INPUT = { decision: 'decision', reason: 'reason' } as const;

export const COMMAND = '/policy-guard';
