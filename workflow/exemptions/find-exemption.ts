import type { Requester } from '../events/change.ts';
import { compileGlob, globCovers } from '../inspection/glob.ts';
import type { Exemption } from '../ledger/request.ts';

/**
 * The first exemption that holds for a requester: its pattern matches the ARN of the identity, or of the role behind
 * a session, letter by letter, with `*` and `?` as in IAM.
 *
 * @param at the later of the change's time and now: a change that is reported late is not judged by what held once
 */
export function findExemption(
  exemptions: readonly Exemption[],
  { arn, roleArn }: Requester,
  at: Date,
): Exemption | undefined {
  const day = at.toISOString().slice(0, 10);
  const arns = [arn, roleArn].filter((each) => each !== undefined).map(compileGlob);
  return exemptions.find(({ pattern, until }) => {
    const glob = compileGlob(pattern);
    // The last day counts whole, in UTC.
    return day <= until && arns.some((each) => globCovers(glob, each));
  });
}
