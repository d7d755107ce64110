import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { enumerate } from './phrases.ts';
import { plainLine } from './plain-line.ts';

const GRANTED = {
  approved: 'exactly as it was approved',
  observed: 'nothing that is enforced',
  nothing: 'nothing restricted',
} as const;

/** What was in force before, and what is now, in one line: `v1, nothing restricted; in force again now`. */
export function describeBefore(
  request: Pick<ApprovalRequest, 'change' | 'containment' | 'surroundings'>,
): string | undefined {
  const { containment } = request;
  if (containment.type === 'none') return undefined;
  const left = containment.leftOut ?? [];
  const lost =
    left.length === 0 ? '' : `; what it denied is NOT denied now: ${enumerate(left.map(plainLine), 2)}`;
  return `${beforeAndNow(request)}${lost}`;
}

function beforeAndNow({
  change: { eventName, target },
  containment,
  surroundings,
}: Pick<ApprovalRequest, 'change' | 'containment' | 'surroundings'>): string {
  if (target.type === 'attachment') return 'not attached; detached again now';
  const earlier = surroundings?.before && plainLine(surroundings.before.label);
  if (containment.type === 'managed-policy') {
    const { inForceVersionId, inForceGrants, placeholderVersionId } = containment;
    if (placeholderVersionId === undefined) {
      return `${plainLine(inForceVersionId)}, ${GRANTED[inForceGrants ?? 'nothing']}; in force again now`;
    }
    const was = eventName === 'CreatePolicy' ? 'the policy is new' : (earlier ?? 'not known');
    return `${was}; a placeholder that grants nothing is in force now`;
  }
  const now =
    containment.type === 'inline-policy' && containment.deleted
      ? 'nothing had room, so there is none now'
      : 'a placeholder that grants nothing is in force now';
  return `${earlier ?? 'not known'}; ${now}`;
}
