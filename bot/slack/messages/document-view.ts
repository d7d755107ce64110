import type { Finding } from '../../../workflow/inspection/finding.ts';
import type { RequestView } from '../../view/describe-request.ts';
import type { DocumentLine } from '../../view/document-lines.ts';
import { layOut } from '../../view/document-lines.ts';
import type { Block, ModalView } from './blocks.ts';
import { context, section, sections } from './blocks.ts';
import { findingLines } from './findings.ts';
import { LIMIT } from './limits.ts';
import { code, codeBlockText, cut, plain } from './mrkdwn.ts';

/** Code blocks shown: a policy within IAM's quotas fills five; more than this and Slack says `view_too_large`. */
const MAX_CHUNKS = 25;
const FENCE = '```';

export interface ReviewedDocument {
  /** Byte for byte. */
  text: string;
  sha256: string;
}

/**
 * The reviewed document as a modal, the lines that grant a restricted action marked.
 *
 * @param findings as the inspection wrote them, for the marks
 * @param document undefined when it could not be read at all
 */
export function documentView(
  view: RequestView,
  findings: readonly Finding[],
  document: ReviewedDocument | undefined,
): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Reviewed policy' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      section(`*${plain(view.policy, 400)}*`),
      ...sections(findingLines(view, 4_000)),
      ...(document === undefined ? [] : listing(document, findings)),
    ],
  };
}

function listing({ text, sha256 }: ReviewedDocument, findings: readonly Finding[]): Block[] {
  const { chunks, left } = chunk(layOut(text).map((line) => mark(line, findings)));
  const rest = left === 0 ? '' : `*${left} more lines are not shown.* `;
  return [
    ...chunks.map((chunked) => section(`${FENCE}${chunked}${FENCE}`)),
    context(
      `${rest}▶ grants a restricted action. Line breaks and indentation are added for reading; the ledger keeps the document byte for byte: ${text.length} characters, SHA-256 ${code(sha256)}.`,
    ),
  ];
}

/** `▶` stands before a line of the statement that a finding names, when it holds what the finding names. */
function mark(line: DocumentLine, findings: readonly Finding[]): string {
  const strings = line.text.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  const marked = findings.some(
    (finding) =>
      finding.statement === line.statement &&
      strings.some((text) =>
        finding.grantedBy.startsWith('NotAction')
          ? text === '"NotAction"'
          : unquote(text) === finding.grantedBy,
      ),
  );
  return `${marked ? '▶ ' : '  '}${line.text}`;
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text; // Not a JSON string; it can match nothing, and is shown as it is.
  }
}

/** Lines packed into code blocks; a line too long for one is broken. */
function chunk(lines: readonly string[]): { chunks: string[]; left: number } {
  const room = LIMIT.sectionText - 2 * FENCE.length;
  const chunks: string[] = [];
  let last = '';
  for (const [index, line] of lines.entries()) {
    for (const part of breakLine(codeBlockText(line), room)) {
      if (last !== '' && last.length + 1 + part.length > room) {
        chunks.push(last);
        last = '';
      }
      if (chunks.length === MAX_CHUNKS) return { chunks, left: lines.length - index };
      last = last === '' ? part : `${last}\n${part}`;
    }
  }
  return { chunks: last === '' ? chunks : [...chunks, last], left: 0 };
}

/** Breaks escaped text between characters, never inside an entity. */
function breakLine(escaped: string, room: number): string[] {
  const parts: string[] = [];
  let rest = escaped;
  while (rest.length > room) {
    const part = cut(rest, room).slice(0, -1);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
