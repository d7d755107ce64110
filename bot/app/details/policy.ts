import type { Finding } from '../../../workflow/inspection/finding.ts';
import { lettersOf } from '../../../workflow/inspection/statement.ts';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { sections } from '../../media/slack/blocks/lists.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';
import { findingLines } from '../../media/slack/parts/findings.ts';
import { describeFinding } from '../../media/wording/describe-finding.ts';
import { type DocumentLine, layOut, readString } from '../../media/wording/document-lines.ts';
import type { DescribedDetails } from './describe-details.ts';
import { listingPages } from './listing.ts';

const FINDINGS_BUDGET = 6_000;

/** The reviewed document, the statements that grant something restricted first. */
export function policyPages({ request, document, findings }: DescribedDetails): Block[][] {
  if ('missing' in document) {
    return [[...sections(findingLines(request, FINDINGS_BUDGET)), section(plain(document.missing, 500))]];
  }
  const { text, sha256 } = document;
  const { offending, rest } = split(layOut(text), findings);
  const moved = offending.length > 0 && rest.length > 0;
  const note = context(
    `${moved ? '*The order was changed:* statements that grant a restricted action come first, each under its number in the document, from 0. ' : ''}▶ grants a restricted action. ` +
      `Line breaks and indentation are added for reading; the ledger keeps the document byte for byte: ${text.length} characters, SHA-256 ${code(sha256)}.`,
  );
  const shown = moved
    ? [...offending, '', '  … the rest of the document, in its own order:', ...rest]
    : [...offending, ...rest];
  const pages = listingPages(shown);
  return (pages.length === 0 ? [[]] : pages).map((blocks) => [note, ...blocks]);
}

function split(
  lines: readonly DocumentLine[],
  findings: readonly Finding[],
): { offending: string[]; rest: string[] } {
  const labels = new Map(findings.map((finding) => [finding.statement, describeFinding(finding).statement]));
  const offending: string[] = [];
  const rest: string[] = [];
  let above: number | undefined;
  for (const line of lines) {
    const { statement, text } = line;
    const label = statement === undefined ? undefined : labels.get(statement);
    if (label === undefined) rest.push(`  ${text}`);
    else {
      if (above !== statement) {
        offending.push(`  … ${label}:`);
        rest.push(`  … ${label} stands above`);
      }
      offending.push(mark(line, findings));
      above = statement;
    }
  }
  return { offending, rest };
}

/** `▶` stands before a line of the statement that a finding names, when it grants what the finding names. */
function mark(line: DocumentLine, findings: readonly Finding[]): string {
  const strings = line.text.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  const marked = findings.some(
    ({ statement, grantedBy }) => statement === line.statement && grants(line.element, strings, grantedBy),
  );
  return `${marked ? '▶ ' : '  '}${line.text}`;
}

/** What `NotAction` lists is what it does not grant: the line with its name is the one that grants. */
function grants(element: string | undefined, strings: readonly string[], grantedBy: string): boolean {
  if (grantedBy.startsWith('NotAction')) {
    return element === 'notaction' && strings.some((text) => lettersOf(readString(text)) === 'notaction');
  }
  return element === 'action' && strings.some((text) => readString(text) === grantedBy);
}
