import type { IamWriter } from '../account/iam/iam.ts';
import type { Target } from '../events/change.ts';
import type { ContainmentTools } from './tasks.ts';

/** For so long what was read counts as read now; no call of IAM takes longer as a rule. Milliseconds. */
const FRESH_MS = 1_000;

/**
 * Looks at once at what stands where an inline policy was put, while others find out whom it was put on.
 *
 * @returns IAM, which gives what was seen to whoever looks there first, if that is soon
 */
export function lookAhead(target: Target, { iam, now }: Pick<ContainmentTools, 'iam' | 'now'>): IamWriter {
  if (target.type !== 'inline-policy') return iam;
  const place = [target.entity, target.entityName, target.policyName] as const;
  const staleAt = now().getTime() + FRESH_MS;
  let ahead: Promise<string> | undefined = iam.getInlinePolicy(...place);
  // Whoever looks hears of it.
  ahead.catch(() => {});
  return {
    ...iam,
    getInlinePolicy: (...at) => {
      const seen = at.every((part, index) => part === place[index]) ? ahead : undefined;
      if (seen === undefined) return iam.getInlinePolicy(...at);
      ahead = undefined;
      return now().getTime() <= staleAt ? seen : iam.getInlinePolicy(...at);
    },
  };
}
