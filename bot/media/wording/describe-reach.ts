import type { ApprovalRequest, Surroundings } from '../../../workflow/ledger/request.ts';
import { describeTrust } from './describe-trust.ts';
import { countOf, enumerate } from './phrases.ts';
import { plainLine, shorten } from './plain-line.ts';

/** Whom a grant serves. */
export interface DescribedReach {
  /** Each as a phrase: `role deployer (GitHub Actions may assume it)`, `group ops (3 users: ada, grace and linus)`. */
  principals: string[];
  /** `1 principal`, `0 principals`. */
  count: string;
}

/** @returns undefined when it could not be read, or nothing was touched and nobody looked */
export function describeReach({
  change: { target },
  surroundings,
}: Pick<ApprovalRequest, 'change' | 'surroundings'>): DescribedReach | undefined {
  const attachedTo = surroundings?.attachedTo;
  if (attachedTo === undefined) return undefined;
  // Others may hold what was attached: this attachment serves one.
  const served = target.type === 'managed-policy' ? attachedTo : attachedTo.slice(0, 1);
  return {
    principals: served.map((name) => describePrincipal(name, surroundings?.holders)),
    count: countOf(served.length, 'principal'),
  };
}

/** Characters of one name; of more than these who may assume a role, the number is what counts. */
const NAME = 22;
const MOST = 2;

function describePrincipal(name: string, holders: Surroundings['holders']): string {
  const holder = holders?.find((each) => each.name === name);
  const phrase = shorten(plainLine(name.replace('/', ' ')), NAME);
  if (holder?.members !== undefined) {
    const { count, first } = holder.members;
    const names = first
      .slice(0, MOST)
      .map((member) => shorten(plainLine(member.replace(/^user\//, '')), NAME));
    const listed = count === 0 ? '' : `: ${enumerate(names, MOST, count - names.length)}`;
    return `${phrase} (${countOf(count, 'user')}${listed})`;
  }
  const who = holder?.trust === undefined ? [] : describeTrust(holder.trust);
  return who.length === 0
    ? phrase
    : `${phrase} (${enumerate(
        who.map((each) => shorten(each, 2 * NAME)),
        MOST,
      )} may assume it)`;
}
