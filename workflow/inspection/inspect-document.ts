import type { Finding, Inspection, RestrictedAction } from './finding.ts';
import { findGrants } from './findings.ts';
import { readPolicyDocument } from './policy-document.ts';

/**
 * Says which restricted actions a policy document grants. Pure, at most quadratic in the length of the text, and
 * never throws: what is not a policy is `unreadable`, which counts as restricted. Where the policy language leaves
 * a doubt, a grant counts and what would take it away does not.
 *
 * @param text the document as JSON text or URL-encoded (as `GetPolicyVersion` returns it)
 * @param restricted exact actions or patterns, any case
 */
export function inspectDocument(text: string, restricted: readonly RestrictedAction[]): Inspection {
  const inspections = readingsOf(text).map((reading) => inspectReading(reading, restricted));
  return inspections.length === 1 ? (inspections[0] as Inspection) : together(inspections);
}

/** What any of the readings grants, counts: which of them IAM would take is not known. */
function together(inspections: readonly Inspection[]): Inspection {
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

function inspectReading(text: string, restricted: readonly RestrictedAction[]): Inspection {
  try {
    const { statements, problems } = readPolicyDocument(text);
    const findings = findGrants(statements, restricted);
    return problems.length > 0
      ? unreadable(problems, findings)
      : { restricted: findings.length > 0, findings };
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable([`it is not JSON (${reasonOf(error)})`], []);
    throw error;
  }
}

/**
 * The texts that the document may stand for: itself when it is JSON, else what URL decoding makes of it. In some
 * encodings a `+` is a space and in others itself, so both count.
 */
function readingsOf(text: string): string[] {
  const trimmed = text.replace(/^\uFEFF/, '');
  if (isJson(trimmed) || !/%[0-9a-f]{2}/i.test(trimmed)) return [trimmed];
  const encoded = trimmed.trim();
  const readings = [encoded, encoded.replaceAll('+', ' ')].map(decode);
  const decoded = readings.filter((reading) => reading !== undefined && isJson(reading));
  return decoded.length > 0 ? [...new Set(decoded as string[])] : [trimmed];
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
