/**
 * An ARN of a user, a role or a session, or a pattern of such; `*` and `?` stand for what they do in IAM. ARNs may hold
 * commas and equal signs. The source of a regular expression, to be put together with what stands around it.
 */
export const ARN_PATTERN = String.raw`arn:[\w*?-]+:(?:iam|sts):[^:\s]*:[\d*?]+:\S+`;
