import type { Call, Verdict } from '../../../iam-evaluator/evaluate.ts';

/** Why a call is refused. */
export type Refusal = Exclude<Verdict['decision'], 'allowed'> | 'denied by the organization';

/**
 * How AWS words that a caller may not do something.
 *
 * @param caller its ARN
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusalText(caller: string, { action, resource }: Call, decision: Refusal): string {
  const why = {
    denied: 'with an explicit deny in an identity-based policy',
    'denied by the organization': 'with an explicit deny in a service control policy',
    'not allowed': `because no identity-based policy allows the ${action} action`,
  }[decision];
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
