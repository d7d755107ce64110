import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { knownActions } from '../../workflow/inspection/restricted-actions/known-actions.ts';
import { parseList } from '../../workflow/inspection/restricted-actions/parse-list.ts';

const SETS = '@privilege-escalation,@data-destruction,@detection-evasion,@resource-policy';

/** Lists of 10 entries, of four sets, and of 1,000: those of the sets, then actions that change something. */
export function lists(): Record<string, readonly RestrictedAction[]> {
  const ofSets = parseList(SETS).actions;
  const listed = new Set(ofSets.map(({ pattern }) => pattern.toLowerCase()));
  const others = [...knownActions()]
    .flatMap(([service, names]) => names.map((name) => `${service}:${name}`))
    .filter((action) => /:(?:Create|Delete|Put|Update|Modify|Remove)/.test(action))
    .filter((action) => !listed.has(action.toLowerCase()));
  const further = evenly(others, 1_000 - ofSets.length).map((pattern) => ({ pattern }));
  return {
    '10 entries': evenly(ofSets, 10),
    [`four sets (${ofSets.length} entries)`]: ofSets,
    '1,000 entries': [...ofSets, ...further],
  };
}

function evenly<Item>(items: readonly Item[], count: number): Item[] {
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as Item,
  );
}
