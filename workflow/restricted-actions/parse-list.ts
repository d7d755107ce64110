import type { RestrictedAction } from '../inspection/finding.ts';
import { namedSets } from './named-set.ts';

export interface ParsedList {
  actions: RestrictedAction[];
  /** One sentence for each entry that can't be used. */
  problems: string[];
}

/** `service:action`, either with wildcards. Longer than any action, so that matching stays cheap. */
const PATTERN = /^(?:\*|[a-z0-9*?-]{1,64}:[a-z0-9*?_-]{1,128})$/i;

/**
 * Reads a list of restricted actions: actions, patterns and named sets, separated by commas or new lines; `#`
 * starts a comment. An action that is listed twice counts once, and says why it is dangerous if a listed set knows.
 */
export function parseList(text: string): ParsedList {
  const entries = text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*/, '').split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const actions = new Map<string, RestrictedAction>();
  const problems: string[] = [];
  for (const entry of entries) {
    const { actions: found, problem } = readEntry(entry);
    if (problem) problems.push(problem);
    for (const action of found) add(actions, action);
  }
  if (entries.length === 0) problems.push('it names no action; leave it out for the default list');
  return { actions: [...actions.values()], problems };
}

function readEntry(entry: string): { actions: RestrictedAction[]; problem?: string } {
  if (entry.startsWith('@')) {
    const set = namedSets.find(({ name }) => name === entry.toLowerCase());
    if (set) return { actions: set.actions.map(({ pattern, why }) => ({ pattern, why, set: set.name })) };
    const known = namedSets.map(({ name }) => name).join(', ');
    return { actions: [], problem: `${JSON.stringify(entry)} is not a named set; there are ${known}` };
  }
  if (PATTERN.test(entry)) return { actions: [{ pattern: entry }] };
  const problem = `${JSON.stringify(entry)} is not an action or pattern such as s3:DeleteBucket, kms:Schedule* or *`;
  return { actions: [], problem };
}

function add(actions: Map<string, RestrictedAction>, action: RestrictedAction): void {
  const key = action.pattern.toLowerCase();
  const known = actions.get(key);
  if (!known) actions.set(key, action);
  else if (known.set === undefined) actions.set(key, { ...action, pattern: known.pattern });
}
