import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { reachLine, requesterLine } from '../../media/wording/glance.ts';
import { type Html, html } from '../html.ts';

/** What a request comes to, at a glance: the verdict, who asks, whom it serves and what was before. */
export function glancePart(view: DescribedRequest): Html {
  const { severity, subject, verdict, who, kind, policyName, account, before } = view;
  return html`
<p><strong>${severity !== undefined && `${severity.toUpperCase()}: `}${subject} ${verdict}</strong></p>
<dl>
<dt>By</dt><dd>${who}, ${kind} ${policyName}, account ${account}</dd>
<dt>Reaches</dt><dd>${reachLine(view)}</dd>
${before !== undefined && html`<dt>Before</dt><dd>${before}</dd>`}
<dt>Requester</dt><dd>${requesterLine(view)}</dd>
</dl>`;
}
