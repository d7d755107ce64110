/** Slack's limit for a text input; the cause of a failed task may hold 32,768 characters. */
const LONGEST_REASON = 3_000;

/** A reason as somebody wrote it. @returns undefined when nothing in it can be read: white space, dots, invisible signs */
export function givenReason(text: string | undefined | null): string | undefined {
  const reason = text?.trim().slice(0, LONGEST_REASON);
  return reason && /[\p{L}\p{N}]/u.test(reason) ? reason : undefined;
}
