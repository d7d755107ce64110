import type { RestrictedAction, Severity } from '../finding.ts';
import { namedSets } from './named-set.ts';
import recommended from './recommended-lists.data.json' with { type: 'json' };

/** A list that is recommended as a whole, and named in a list of restricted actions like a set. */
interface RecommendedList {
  /** `@unseen` or `@broad`. */
  name: string;
  /** One line: what it is for. */
  about: string;
  /** With why, how bad and on what resources each counts; an action may be there twice. */
  actions: readonly RestrictedAction[];
}

interface Group {
  why: string;
  severity: string;
  entries: readonly string[];
  resources?: readonly string[];
}

/** In two strengths: what nobody should get unseen, and what one would look at when it is broad. */
export const recommendedLists: readonly RecommendedList[] = recommended.lists.map(
  ({ name, about, groups }) => ({
    name: `@${name}`,
    about,
    actions: groups.flatMap((group: Group) => actionsOf(group, `@${name}`)),
  }),
);

function actionsOf({ why, severity, entries, resources }: Group, list: string): RestrictedAction[] {
  const attributes = { severity: severity as Severity, ...(resources && { resources }) };
  return entries.flatMap((entry) => {
    const set = namedSets.find(({ name }) => name === entry);
    const named = set?.actions.map((action) => ({ pattern: action.pattern, why: action.why, set: set.name }));
    return (named ?? [{ pattern: entry, why, set: list }]).map((action) => ({ ...action, ...attributes }));
  });
}
