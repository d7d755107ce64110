/** Words that hardly stand in anything but policies, records, and what carries them. */
const WORDS = [
  /policy_?document|inline_?policy|assume_?role_?policy|"policy[_-]?(?:name|arn|id)\b/i,
  /\bevent_?name\b|user_?identity|request_?parameters/i,
  /\baws_iam_\w*policy|AWS::(?:IAM|SSO|Serverless)::/,
  /\b(?:Put|Attach)(?:User|Role|Group)Policy\b|\bCreatePolicy|SetDefaultPolicyVersion/,
  /(?<![\w-])effect["'\\]*\s*[:=]\s*["'\\]*(?:allow|deny)\b/i,
  /"Statement\\*"\s*:/,
  /^(?=[\s\S]*\b(?:Not)?Action\\*["']?\s*:)(?=[\s\S]*\b(?:Not)?Resource\\*["']?\s*:)/,
];

/** Whether a text that gave no policy and no record looks like it should have given one. */
export function looksMeant(text: string): boolean {
  return WORDS.some((word) => word.test(text));
}
