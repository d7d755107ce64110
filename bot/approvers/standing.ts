import type { Requester } from '../../workflow/events/change.ts';
import { type Decider, type DecisionRules, mayDecide } from './may-decide.ts';

/**
 * What somebody is, whatever the request: on the list of approvers; a member of the workspace who is not, or of whom
 * that could not be found out (`maybe-approver`); no member who counts; or somebody about whom Slack could not be asked.
 */
export type Standing = 'approver' | 'maybe-approver' | 'member' | 'outsider' | 'unknown';

/** Somebody whom nobody is. */
const NOBODY: Requester = { type: 'Unknown', label: 'nobody', names: [] };

/** Decided by the very rules of a decision, of a change that is nobody's. Pure. */
export function standingOf(decider: Decider, rules: DecisionRules): Standing {
  const subject = { decision: 'denied', requesters: [{ requester: NOBODY, match: undefined }] } as const;
  const verdict = mayDecide({ ...decider, channel: rules.SLACK_CHANNEL }, subject, rules);
  if (verdict.status !== 'refused') return 'approver';
  switch (verdict.code) {
    // Their name is on the list; which changes are not their own is another question.
    case 'no-email':
    case 'requester':
      return 'approver';
    case 'not-an-approver':
      return 'member';
    case 'group-unavailable':
      return 'maybe-approver';
    case 'slack-unavailable':
      return 'unknown';
    default:
      return 'outsider';
  }
}
