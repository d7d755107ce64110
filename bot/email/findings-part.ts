import type { FindingView } from '../wording/describe-finding.ts';
import type { RequestView } from '../wording/describe-request.ts';
import { field, foreign, part, wrap } from './lines.ts';

/** What the document grants, finding by finding; there is room for all that the ledger keeps. */
export function findingsPart(view: Pick<RequestView, 'findings' | 'moreFindings' | 'unreadable'>): string {
  const heading = 'What it grants';
  if (view.unreadable !== undefined) {
    return part(heading, [
      field('The document could not be read, which counts as restricted', view.unreadable),
    ]);
  }
  const more = view.moreFindings === 0 ? [] : [`- and ${view.moreFindings} more`];
  return part(heading, [...view.findings.map(findingLines), ...more]);
}

function findingLines({
  restricted,
  grantedBy,
  statement,
  resources,
  condition,
  set,
  why,
}: FindingView): string {
  const named = set === undefined ? '' : ` (${set})`;
  const where = resources.length === 0 ? 'no resource' : resources.join(', ');
  const details = [
    ...(condition === undefined ? [] : [`only if ${foreign(condition)}`]),
    ...(why === undefined ? [] : [foreign(why)]),
  ];
  return [
    wrap(foreign(`- ${restricted}${named}, granted by ${grantedBy} in ${statement}, on ${where}`)),
    ...details.map((detail) => wrap(detail).replace(/^/gm, '  ')),
  ].join('\n');
}
