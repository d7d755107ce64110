import type { Difference } from '../../../workflow/inspection/count-difference.ts';
import type { ApprovalRequest, Surroundings } from '../../../workflow/ledger/request.ts';
import { enumerate, moment } from './phrases.ts';
import { plainLine } from './plain-line.ts';

const GRANTED = {
  approved: 'exactly as it was approved',
  observed: 'nothing that is enforced',
  harmless: 'nothing restricted',
} as const;

type Described = Pick<ApprovalRequest, 'change' | 'containment' | 'surroundings'>;

/**
 * What was in force before, and what is now, in one line: `v1, nothing restricted; in force again now; +1 −1 statements`.
 */
export function describeBefore(request: Described): string | undefined {
  const { containment, surroundings } = request;
  if (containment.type === 'none') return undefined;
  const left = containment.leftOut ?? [];
  const lost =
    left.length === 0 ? '' : `; what it denied is NOT denied now: ${enumerate(left.map(plainLine), 2)}`;
  const difference = surroundings?.before?.difference;
  const differs = difference === undefined ? '' : `; ${tellDifference(difference)}`;
  return `${beforeAndNow(request)}${lost}${differs}`;
}

/** `+1 −1 statements, +2 actions`. */
function tellDifference(difference: Difference): string {
  const counts = (['statements', 'actions'] as const).flatMap((what) => {
    const { more, fewer } = difference[what];
    const signed = [...(more > 0 ? [`+${more}`] : []), ...(fewer > 0 ? [`−${fewer}`] : [])];
    return signed.length === 0 ? [] : [`${signed.join(' ')} ${what}`];
  });
  return counts.length === 0 ? 'nothing differs' : counts.join(', ');
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
