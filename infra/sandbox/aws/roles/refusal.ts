import type { Call, Verdict } from '../../../iam-evaluator/evaluate.ts';

/**
 * How AWS words that a caller may not do something.
 *
 * @param caller its ARN
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusalText(
  caller: string,
  { action, resource }: Call,
  decision: Exclude<Verdict['decision'], 'allowed'>,
): string {
  const why =
    decision === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
