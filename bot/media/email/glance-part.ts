import type { DescribedRequest } from '../wording/describe-request.ts';
import { reachLine, requesterLine } from '../wording/glance.ts';
import { field } from './lines.ts';

/** What a request comes to, at a glance: the verdict, who asks, whom it serves and what was before. */
export function glancePart(request: DescribedRequest): string {
  const { severity, subject, verdict, who, kind, policyName, account, before } = request;
  // Our own word first: a line that began with a foreign name could pass for a label.
  const mark = severity === undefined ? 'Held' : `Held, ${severity.toUpperCase()}`;
  return [
    field(mark, `${subject} ${verdict}`),
    field('By', `${who}, ${kind} ${policyName}, account ${account}`),
    field('Reaches', reachLine(request)),
    ...(before === undefined ? [] : [field('Before', before)]),
    field('Requester', requesterLine(request)),
  ].join('\n');
}
