import type { DescribedChange } from '../wording/describe-change.ts';
import type { DescribedRequest } from '../wording/describe-request.ts';
import { address, field, part } from './lines.ts';

/** Who, what, where and when of a change. */
export function changePart(change: DescribedChange & Partial<DescribedRequest>): string {
  const { who, whoUrl, whoDetails, policy, policyArn, account, when, inForce, consoleUrl } = change;
  return part('What happened', [
    field('By', who),
    ...whoDetails.map(({ label, value }) => field(label, value)),
    field('Policy', policy),
    ...(policyArn === undefined ? [] : [field('ARN', policyArn)]),
    field('Account', account),
    field('When', when.text),
    ...(inForce === undefined ? [] : [field('Was in force for', inForce)]),
    address('AWS console', consoleUrl),
    address('The event in CloudTrail', whoUrl),
  ]);
}
