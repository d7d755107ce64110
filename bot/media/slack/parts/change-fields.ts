import type { DescribedChange } from '../../wording/describe-change.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';
import { type Moment, timeLeft } from '../../wording/phrases.ts';
import { context, fields } from '../blocks/blocks.ts';
import { code, link, localTime, plain } from '../blocks/mrkdwn.ts';
import type { Block } from '../blocks/types.ts';

/**
 * Who, what, where and when of a change, in two columns; of a request also how long the grant was in force.
 *
 * @param now for a request that waits: when it expires is told from then
 */
export function changeFields(change: DescribedChange & Partial<DescribedRequest>, now?: Date): Block {
  const { who, policy, policyArn, consoleUrl, account, when, inForce, expires } = change;
  const arn = policyArn === undefined ? '' : `\n${code(policyArn, 250)}`;
  return fields([
    ['By', code(who, 300)],
    ['Policy', `${link(consoleUrl, policy, 400)}${arn}`],
    ['Account', code(account)],
    ['When', localTime(when)],
    ...(inForce === undefined ? [] : ([['Was in force for', plain(inForce, 50)]] as const)),
    ...(expires === undefined || now === undefined ? [] : [expiry(expires, now)]),
  ]);
}

function expiry(expires: Moment, now: Date): [string, string] {
  return ['Expires', `${timeLeft(expires, now)}\n${localTime(expires)}`];
}

/** What else CloudTrail knows of the caller, small; absent when it knows nothing. */
export function callerDetails(change: DescribedChange): Block[] {
  const details = change.whoDetails.slice(0, 4).map(({ label, value }) => `${label} ${code(value, 200)}`);
  return details.length === 0 ? [] : [context(details.join(' · '))];
}
