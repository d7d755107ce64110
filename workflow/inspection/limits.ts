import { isLimitedBy } from './condition-limit.ts';
import { BROAD, type RestrictedAction } from './finding.ts';
import { broadness, meets } from './resource-limit.ts';
import type { Statement } from './statement.ts';

/** On what an entry of the list counts. */
export type Limits = Pick<RestrictedAction, 'resources' | 'unless'>;

/** That a grant counts, and for people what decided it; `because` is missing where nothing had to be decided. */
export type Counts = { because?: string };

/** @returns undefined when the entry certainly does not count on what the statement grants */
export function countsOn({ resources, unless }: Limits, statement: Statement): Counts | undefined {
  const reasons: string[] = [];
  if (resources !== undefined) {
    const reason = reaches(resources, statement);
    if (reason === undefined) return undefined;
    reasons.push(reason);
  }
  if (unless !== undefined) {
    if (isLimitedBy(statement, unless)) return undefined;
    reasons.push(`no condition limits it by ${unless.join(' or ')}`);
  }
  return reasons.length === 0 ? {} : { because: reasons.join('; ') };
}

function reaches(resources: readonly string[], statement: Statement): string | undefined {
  const broad = resources.includes(BROAD) ? broadness(statement) : undefined;
  return (
    broad ??
    meets(
      statement,
      resources.filter((pattern) => pattern !== BROAD),
    )
  );
}
