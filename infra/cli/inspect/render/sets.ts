import type { RestrictedAction } from '../../../../workflow/inspection/finding.ts';
import { KNOWN_ACTIONS_DATE } from '../../../../workflow/inspection/restricted-actions/known-actions.ts';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import { recommendedLists } from '../../../../workflow/inspection/restricted-actions/recommended-lists.ts';

/**
 * The named sets as text, with why each action is dangerous and where that is from; then the recommended lists, and the
 * day of the known actions.
 */
export function setsAsText(): string {
  const known = `Known actions: those that AWS had on ${KNOWN_ACTIONS_DATE}.\n`;
  return [...namedSets.map(setAsText), ...recommendedLists.map(listAsText), known].join('\n');
}

function setAsText({ name, about, sources, actions }: (typeof namedSets)[number]): string {
  const width = Math.max(...actions.map(({ pattern }) => pattern.length));
  const lines = actions.map(({ pattern, why, source }) => `  ${pattern.padEnd(width)}  ${why} [${source}]`);
  const from = Object.entries(sources).map(([key, source]) => `  [${key}] ${source}`);
  return [`${name}: ${about}`, '', ...lines, '', ...from, ''].join('\n');
}

/** The actions of a whole set are told in one line. */
function listAsText({ name, about, actions }: (typeof recommendedLists)[number]): string {
  const told = new Map(actions.map((action) => [action.set === name ? action.pattern : action.set, action]));
  const width = Math.max(...[...told.keys()].map((entry) => entry?.length ?? 0));
  const lines = [...told].map(([entry = '', action]) => `  ${entry.padEnd(width)}  ${saidOf(action, name)}`);
  return [`${name}: ${about}`, '', ...lines, ''].join('\n');
}

function saidOf({ severity, resources = [], why, set }: RestrictedAction, list: string): string {
  const attributes = [`severity=${severity}`, ...resources.map((pattern) => `resource=${pattern}`)];
  return [...attributes, ...(set === list && why !== undefined ? [why] : [])].join(' ');
}
