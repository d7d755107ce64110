import type { ChangeView } from '../wording/describe-change.ts';
import type { RequestView } from '../wording/describe-request.ts';
import { address, field, part } from './lines.ts';

/** Who, what, where and when of a change. */
export function changePart(view: ChangeView & Partial<RequestView>): string {
  const { who, whoDetails, policy, policyArn, account, when, inForce, consoleUrl } = view;
  return part('What happened', [
    field('By', who),
    ...whoDetails.map(({ label, value }) => field(label, value)),
    field('Policy', policy),
    ...(policyArn === undefined ? [] : [field('ARN', policyArn)]),
    field('Account', account),
    field('When', when.text),
    ...(inForce === undefined ? [] : [field('Was in force for', inForce)]),
    address('AWS console', consoleUrl),
  ]);
}
