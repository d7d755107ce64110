import { describe, expect, test } from 'vitest';
import { AwsError, type Operation } from '../../../../infra/sandbox/aws/front-door/service.ts';
import { fillFromBefore } from '../../../../infra/sandbox/aws/iam/account-from-before.ts';
import { readWholeAccount } from '../../../../workflow/account/iam/whole-account.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../../support/aws-endpoint.ts';

const DETAILS = 'GetAccountAuthorizationDetails';

/** Plays in an account of this size; IAM refuses the calls of which `refuse` says so, counted from 1. */
async function within(
  size: { policies: number; principals: number },
  play: (endpoint: RunningEndpoint, calls: Record<string, unknown>[]) => Promise<void>,
  refuse = (_nth: number) => false,
): Promise<void> {
  const endpoint = await startAwsEndpoint();
  try {
    const { state, service } = endpoint.aws.iam;
    fillFromBefore(state, { ...size, restricted: 0, recent: 0 });
    const calls: Record<string, unknown>[] = [];
    const answer = service[DETAILS] as Operation;
    (service as Record<string, Operation>)[DETAILS] = (input, caller) => {
      calls.push(input);
      if (refuse(calls.length)) throw new AwsError('Throttling', 'Rate exceeded');
      return answer(input, caller);
    };
    await play(endpoint, calls);
  } finally {
    await endpoint.stop();
  }
}

describe('the whole account is read', () => {
  test.each([
    [600, 390, 1],
    [1_200, 790, 2],
    [3_000, 1_990, 5],
  ])(
    'page by page, a thousand at once: %i policies and %i principals with %i calls',
    (policies, principals, pages) =>
      within({ policies, principals }, async (endpoint, calls) => {
        const account = await readWholeAccount(endpoint.config());
        expect(calls).toHaveLength(pages);
        expect(calls.every(({ MaxItems }) => Number(MaxItems) === 1_000)).toBe(true);
        expect(account.policies.filter(({ arn }) => arn.includes('old-policy-'))).toHaveLength(policies);
        expect(account.holders.filter(({ name }) => name.startsWith('old-'))).toHaveLength(principals);
      }),
  );

  test('to its end though IAM throttles, slower', () =>
    within(
      { policies: 1_500, principals: 500 },
      async (endpoint, calls) => {
        const { maxAttempts: _, ...config } = endpoint.config();
        const account = await readWholeAccount(config);
        expect(account.policies).toHaveLength(1_500);
        expect(calls).toHaveLength(3 + 3);
        // What was refused is asked for again, and nothing twice.
        expect(new Set(calls.map(({ Marker }) => Marker)).size).toBe(3);
      },
      (nth) => nth % 2 === 1,
    ));

  test('or not at all: a part of it is no account', () =>
    within(
      { policies: 1_500, principals: 500 },
      async (endpoint) => {
        await expect(readWholeAccount(endpoint.config())).rejects.toThrow(/Rate exceeded/);
      },
      (nth) => nth > 1,
    ));
});
