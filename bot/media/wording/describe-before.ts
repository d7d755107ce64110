import type { ApprovalRequest, Surroundings } from '../../../workflow/ledger/request.ts';
import { countDifference } from './count-difference.ts';
import { enumerate, moment } from './phrases.ts';
import { plainLine } from './plain-line.ts';

const GRANTED = {
  approved: 'exactly as it was approved',
  observed: 'nothing that is enforced',
  harmless: 'nothing restricted',
} as const;

type Described = Pick<ApprovalRequest, 'change' | 'containment' | 'surroundings' | 'document'>;

/**
 * What was in force before, and what is now, in one line: `v1, nothing restricted; in force again now; +1 −1 statements`.
 */
export function describeBefore(request: Described): string | undefined {
  const { containment, surroundings, document } = request;
  if (containment.type === 'none') return undefined;
  const left = containment.leftOut ?? [];
  const lost =
    left.length === 0 ? '' : `; what it denied is NOT denied now: ${enumerate(left.map(plainLine), 2)}`;
  const before = surroundings?.before?.document;
  const differs = before && document && countDifference(before, document);
  return `${beforeAndNow(request)}${lost}${differs ? `; ${differs}` : ''}`;
}

function beforeAndNow({ change: { eventName }, containment, surroundings }: Described): string {
  const earlier = tellEarlier(surroundings);
  switch (containment.type) {
    case 'none':
      return earlier;
    case 'attachment':
      return `${earlier}; detached now`;
    case 'managed-policy': {
      const { inForceVersionId, inForceGrants, placeholderVersionId } = containment;
      if (placeholderVersionId !== undefined) {
        return `${eventName === 'CreatePolicy' ? 'the policy is new' : earlier}; ${PLACEHOLDER}`;
      }
      const version = plainLine(inForceVersionId);
      const grants = GRANTED[inForceGrants ?? 'harmless'];
      const isAgain = surroundings?.before === undefined || earlier.split(/[, ]/)[0] === version;
      return isAgain
        ? `${version}, ${grants}; in force again now`
        : `${earlier}; ${version}, ${grants}, is in force now`;
    }
    case 'inline-policy': {
      const { deleted, isBefore } = containment;
      if (isBefore) return `${earlier}, ${GRANTED[isBefore]}; in force again now`;
      return `${earlier}; ${deleted ? 'nothing had room, so there is none now' : PLACEHOLDER}`;
    }
  }
}

const PLACEHOLDER = 'a placeholder that grants nothing is in force now';

function tellEarlier(surroundings: Surroundings | undefined): string {
  const { label, since } = surroundings?.before ?? {};
  if (label === undefined) return 'not known';
  return `${plainLine(label)}${since === undefined ? '' : ` since ${moment(since).text}`}`;
}
