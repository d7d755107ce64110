import { unpack } from '../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { DescribedFinding } from '../../media/wording/describe-finding.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { layOut } from '../../media/wording/document-lines.ts';
import { plainText } from '../../media/wording/plain-line.ts';
import { type Html, html } from '../html.ts';

/** Everything that an approver needs to know: the same as in the Slack message, and the reviewed document. */
export function requestPart(view: DescribedRequest, request: ApprovalRequest): Html {
  return html`
<dl>
${[
  row('Who', html`${view.who}`),
  ...view.whoDetails.map(({ label, value }) => row(label, html`${value}`)),
  row('Policy', html`<strong>${view.policy}</strong>`),
  ...(view.policyArn === undefined ? [] : [row('ARN', html`<code>${view.policyArn}</code>`)]),
  row('Account', html`${view.account}`),
  row('When', html`${view.when.text}`),
  ...(view.inForce === undefined
    ? []
    : [row('In force for', html`${view.inForce}, until it was quarantined`)]),
  row('Expires', html`${view.expires.text}`),
  row('Request', html`<code>${view.requestId}</code>`),
]}
</dl>
<p><a href="${view.consoleUrl}" rel="noreferrer">Open the policy in the AWS console</a></p>
<h2>What it grants</h2>
${findingsPart(view)}
<h2>The reviewed policy</h2>
${documentPart(request)}`;
}

function row(label: string, value: Html): Html {
  return html`<dt>${label}</dt><dd>${value}</dd>\n`;
}

function findingsPart({ unreadable, findings, moreFindings }: DescribedRequest): Html {
  return html`
${unreadable !== undefined && html`<p>${unreadable} It counts as restricted.</p>`}
<ul>${findings.map(finding)}</ul>
${moreFindings > 0 && html`<p class="note">… and ${moreFindings} more.</p>`}`;
}

function finding({
  restricted,
  grantedBy,
  statement,
  resources,
  condition,
  because,
  set,
  why,
}: DescribedFinding): Html {
  return html`<li class="finding"><strong>${restricted}</strong>, granted by <code>${grantedBy}</code> in ${statement}<br>
on <code>${resources.join(', ')}</code>
${condition !== undefined && html`<br>under the condition <code>${condition}</code>`}
${because !== undefined && html`<br>counts here: <code>${because}</code>`}
${why !== undefined && html`<br><span class="note">${why}${set !== undefined && html` (${set})`}</span>`}</li>\n`;
}

/** Laid out, because white space between tokens could push a statement out of sight. */
function documentPart({ document }: ApprovalRequest): Html {
  if (document === undefined) return html`<p>It could not be read.</p>`;
  const text = unpack(document);
  const lines = layOut(text).map((line) => plainText(line.text));
  return html`<pre tabindex="0">${lines.join('\n')}</pre>
<p class="note">Line breaks and indentation are added for reading; the ledger keeps the document byte for byte: ${text.length} characters, SHA-256 <code>${document.sha256}</code></p>`;
}
