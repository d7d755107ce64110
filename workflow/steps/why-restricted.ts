import type { Inspection } from '../inspection/finding.ts';

const MOST_ACTIONS = 5;

/** One sentence: what makes a document restricted. */
export function whyRestricted({ findings, unreadable }: Pick<Inspection, 'findings' | 'unreadable'>): string {
  if (unreadable !== undefined) return unreadable;
  const actions = [...new Set(findings.map((finding) => finding.restricted))];
  const named = actions.slice(0, MOST_ACTIONS).join(', ');
  const more = actions.length > MOST_ACTIONS ? ` and ${actions.length - MOST_ACTIONS} more` : '';
  return `It grants ${named}${more}.`;
}
