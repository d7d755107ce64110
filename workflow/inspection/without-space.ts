/** White space between the parts of JSON means nothing, and IAM's quotas do not count it; within a text it does. */
export function withoutSpace(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}
