import type { DescribedRemark } from '../../media/wording/describe-remarks.ts';
import { type Html, html } from '../html.ts';

/** What was asked and answered; nothing where nobody has said anything. */
export function remarksPart(remarks: readonly DescribedRemark[]): Html | false {
  if (remarks.length === 0) return false;
  return html`
<h2>Asked and answered</h2>
<ul>${remarks.map(remark)}</ul>`;
}

function remark({ name, verb, text, at }: DescribedRemark): Html {
  return html`<li><strong>${name}</strong> ${verb}, ${at.text}: ${text}</li>\n`;
}
