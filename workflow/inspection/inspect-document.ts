import { type CompiledList, compileList } from './compiled-list.ts';
import type { Finding, Inspection, RestrictedAction } from './finding.ts';
import { findGrants } from './findings.ts';
import { readPolicyDocument } from './policy-document.ts';
import { ConditionQuotes } from './quote-condition.ts';

/**
 * Says which restricted actions a policy document grants. Pure, linear in the length of the text, and
 * never throws: what is not a policy is `unreadable`, which counts as restricted. Where the policy language leaves
 * a doubt, a grant counts and what would take it away does not.
 *
 * @param text the document as JSON text or URL-encoded (as `GetPolicyVersion` returns it)
 * @param restricted exact actions or patterns, any case
 */
export function inspectDocument(text: string, restricted: readonly RestrictedAction[]): Inspection {
  const list = compileList(restricted);
  const written = text.replace(/^\uFEFF/, '');
  try {
    return inspectJson(written, list);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const readings = decodedReadings(written).map((reading) => inspectJson(reading, list));
    if (readings.length === 0) return unreadable([`it is not JSON (${reasonOf(error)})`], []);
    return together(readings as [Inspection, ...Inspection[]]);
  }
}

/** What any of the readings grants, counts: which of them IAM would take is not known. */
function together(inspections: readonly [Inspection, ...Inspection[]]): Inspection {
  if (inspections.length === 1) return inspections[0];
  const findings = new Map(
    inspections.flatMap((each) => each.findings).map((finding) => [JSON.stringify(finding), finding]),
  );
  const unreadable = inspections.find((each) => each.unreadable !== undefined)?.unreadable;
  return {
    restricted: inspections.some((each) => each.restricted),
    findings: [...findings.values()],
    ...(unreadable !== undefined && { unreadable }),
  };
}

/** @throws SyntaxError when the text is not JSON */
function inspectJson(text: string, list: CompiledList): Inspection {
  const { statements, problems } = readPolicyDocument(text);
  const { findings, complete } = findGrants(statements, list, new ConditionQuotes(text));
  if (!complete) problems.push('it has more wildcards than any policy that IAM takes');
  if (problems.length > 0) return unreadable(problems, findings);
  return { restricted: findings.length > 0, findings };
}

/**
 * The texts that URL decoding makes of what is not JSON as it is. In some encodings a `+` is a space and in others
 * itself, so both count.
 */
function decodedReadings(text: string): string[] {
  if (!/%[0-9a-f]{2}/i.test(text)) return [];
  const encoded = text.trim();
  const readings = [encoded, encoded.replaceAll('+', ' ')].map(decode);
  return [...new Set(readings.filter((reading) => reading !== undefined))].filter(isJson);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const PROBLEMS_TOLD = 5;

function unreadable(problems: readonly string[], findings: Finding[]): Inspection {
  const told = problems.slice(0, PROBLEMS_TOLD);
  if (problems.length > PROBLEMS_TOLD) told.push(`and ${problems.length - PROBLEMS_TOLD} more`);
  return { restricted: true, findings, unreadable: `Not a policy that can be read: ${told.join('; ')}.` };
}

/** The engine's message, unless it quotes the document: that is the text of whoever wrote it, and may say anything. */
function reasonOf({ message }: SyntaxError): string {
  return message.includes('"') ? 'Unexpected text' : message;
}
