/** The document that an event carries, or why it carries none that can be read. */
export type EventDocument = { text: string } | { missing: string };

/**
 * Takes `policyDocument` out of an event's request parameters. CloudTrail leaves the parameters out when they are
 * over 100 KB (`omitted`), and IAM takes no document that is not JSON: what is not JSON here was cut off or
 * changed on the way, and has to be read from IAM.
 */
export function documentIn(requestParameters: Record<string, unknown> | undefined): EventDocument {
  const document = requestParameters?.policyDocument;
  if (requestParameters?.omitted !== undefined) {
    return { missing: 'CloudTrail left the request parameters out because they are too large' };
  }
  if (typeof document !== 'string') return { missing: 'The event holds no policy document' };
  if (isJson(document)) return { text: document };
  const decoded = decode(document);
  if (decoded !== undefined && isJson(decoded)) return { text: decoded };
  return { missing: 'The policy document in the event is cut off or no JSON' };
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
