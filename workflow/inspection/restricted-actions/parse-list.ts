import type { RestrictedAction } from '../finding.ts';
import { type Attributes, readAttributes, stricter } from './attributes.ts';
import { namedSets } from './named-set.ts';
import { recommendedLists } from './recommended-lists.ts';

interface ParsedList {
  actions: RestrictedAction[];
  /** One sentence for each entry that can't be used. */
  problems: string[];
}

/** `service:action`, either with wildcards. Longer than any action, so that matching stays cheap. */
const PATTERN = /^(?:\*|[a-z0-9*?-]{1,64}:[a-z0-9*?_-]{1,128})$/i;

/** An action with all that the list says of it. */
interface Listing {
  action: Pick<RestrictedAction, 'pattern' | 'set' | 'why'>;
  /** What its own entries say; missing when it comes from sets alone. */
  own?: Attributes;
  /** What the entries of sets say that hold it. */
  inSets?: Attributes;
}

/**
 * Reads a list of restricted actions: actions, patterns and named sets, separated by commas or new lines; `#`
 * starts a comment. Attributes may follow an entry, and hold for all actions of a set: `s3:DeleteBucket
 * severity=critical mode=observe`.
 *
 * An action that is listed twice counts once, and says why it is dangerous if a listed set knows. What its own entry
 * says wins over what a set's entry says; of two of a kind the stricter counts, and so it does where the own entry
 * says nothing.
 */
export function parseList(text: string): ParsedList {
  const entries = text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*/, '').split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const listings = new Map<string, Listing>();
  const problems: string[] = [];
  for (const entry of entries) {
    const read = readEntry(entry);
    if ('problem' in read) problems.push(`${JSON.stringify(entry)} ${read.problem}`);
    else for (const action of read.actions) add(listings, action, read.attributes);
  }
  if (entries.length === 0) problems.push('it names no action; leave it out for the default list');
  return { actions: [...listings.values()].map(combine), problems };
}

/** Actions with what is said of each; of all that the entry names, the entry's own attributes hold. */
type Entry =
  | { actions: readonly (Listing['action'] & Attributes)[]; attributes: Attributes }
  | { problem: string };

function readEntry(entry: string): Entry {
  const [name = '', ...words] = entry.split(/\s+/);
  const actions = name.startsWith('@') ? actionsOf(name) : [{ pattern: name }];
  if (actions === undefined) {
    const names = [...namedSets, ...recommendedLists].map((each) => each.name);
    return { problem: `is not a named set; there are ${names.join(', ')}` };
  }
  if (!name.startsWith('@') && !PATTERN.test(name)) {
    return { problem: 'is not an action or pattern such as s3:DeleteBucket, kms:Schedule* or *' };
  }
  const read = readAttributes(words);
  return 'problem' in read ? read : { actions, ...read };
}

function actionsOf(name: string): readonly (Listing['action'] & Attributes)[] | undefined {
  const isNamed = (each: { name: string }) => each.name === name.toLowerCase();
  const set = namedSets.find(isNamed);
  if (set) return set.actions.map(({ pattern, why }) => ({ pattern, why, set: set.name }));
  return recommendedLists.find(isNamed)?.actions;
}

function add(
  listings: Map<string, Listing>,
  { pattern, set, why, ...said }: Listing['action'] & Attributes,
  ofEntry: Attributes,
): void {
  const action = { pattern, ...(why !== undefined && { why }), ...(set !== undefined && { set }) };
  const attributes = { ...said, ...ofEntry };
  const key = action.pattern.toLowerCase();
  const known = listings.get(key);
  const from = action.set === undefined ? 'own' : 'inSets';
  const earlier = known?.[from];
  listings.set(key, {
    ...known,
    action: known ? { ...action, ...known.action } : action,
    [from]: earlier ? stricter(earlier, attributes) : attributes,
  });
}

function combine({ action, own, inSets }: Listing): RestrictedAction {
  return { ...action, ...(own && inSets ? stricter(own, inSets) : inSets), ...own };
}
