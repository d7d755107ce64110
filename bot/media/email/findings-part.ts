import type { DescribedFinding } from '../wording/describe-finding.ts';
import type { DescribedRequest } from '../wording/describe-request.ts';
import { field, foreign, part } from './lines.ts';

/** What the document grants, finding by finding; there is room for all that the ledger keeps. */
export function findingsPart(
  request: Pick<DescribedRequest, 'findings' | 'moreFindings' | 'unreadable'>,
): string {
  const heading = 'What it grants';
  if (request.unreadable !== undefined) {
    return part(heading, [
      field('The document could not be read, which counts as restricted', request.unreadable),
    ]);
  }
  const more = request.moreFindings === 0 ? [] : [`- and ${request.moreFindings} more`];
  return part(heading, [...request.findings.map(findingLines), ...more]);
}

function findingLines({
  restricted,
  grantedBy,
  statement,
  resources,
  condition,
  because,
  set,
  why,
}: DescribedFinding): string {
  const named = set === undefined ? '' : ` (${set})`;
  const where = resources.length === 0 ? 'no resource' : resources.join(', ');
  const details = [
    ...(condition === undefined ? [] : [`only if ${foreign(condition)}`]),
    ...(because === undefined ? [] : [`counts here: ${foreign(because)}`]),
    ...(why === undefined ? [] : [foreign(why)]),
  ];
  return [
    foreign(`- ${restricted}${named}, granted by ${grantedBy} in ${statement}, on ${where}`),
    ...details.map((detail) => detail.replace(/^/gm, '  ')),
  ].join('\n');
}
