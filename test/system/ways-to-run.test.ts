import { readFileSync } from 'node:fs';
import { CreatePolicyCommand, GetPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

const BAD = readFileSync(new URL('../../fixtures/policies/bad-policy.json', import.meta.url), 'utf8');
const granting = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

async function create(guard: GuardedSandbox, document = BAD, caller = 'developer') {
  const input = { PolicyName: `policy-${Math.random().toString(36).slice(2)}`, PolicyDocument: document };
  const { Policy } = await guard.iamAs(caller).send(new CreatePolicyCommand(input));
  return Policy?.Arn ?? '';
}

async function inForce(guard: GuardedSandbox, arn: string): Promise<string | undefined> {
  return (await guard.iam.send(new GetPolicyCommand({ PolicyArn: arn }))).Policy?.DefaultVersionId;
}

const ended = (guard: GuardedSandbox, arn: string) =>
  guard.until('the end', ({ requests }) =>
    requests.find(({ policyArn, outcome }) => policyArn === arn && outcome),
  );

describe.concurrent('observe', () => {
  test('MODE=observe reports everything and touches nothing', () =>
    withinSandbox({ MODE: 'observe' }, async (guard) => {
      const arn = await create(guard);
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(request).toMatchObject({ outcome: 'observed', status: 'closed' });
      await guard.settled();
      const message = await guard.message(request);
      expect(message?.text).toMatch(/^Would have been quarantined: /);
      expect(JSON.stringify(message)).not.toContain('"action_id":"approve"');
      expect(await inForce(guard, arn)).toBe('v1');
      const { policies, executions } = await guard.state();
      expect(policies.find((policy) => policy.arn === arn)?.versions).toHaveLength(1);
      expect(executions).toHaveLength(1);
      expect(executions[0]).toMatchObject({ status: 'SUCCEEDED', outcome: 'observed' });
    }));

  test('an entry of the list may be observed while the others are enforced, and the stricter wins', () =>
    withinSandbox({ RESTRICTED_ACTIONS: 's3:DeleteObject mode=observe,s3:DeleteBucket' }, async (guard) => {
      const observed = await create(guard, granting('s3:DeleteObject'));
      expect(await ended(guard, observed)).toMatchObject({ outcome: 'observed' });
      expect(await inForce(guard, observed)).toBe('v1');
      const both = await create(guard, granting('s3:Delete*'));
      expect(await guard.asked(({ policyArn }) => policyArn === both)).toMatchObject({ status: 'pending' });
      expect(await inForce(guard, both)).toBe('v2');
    }));

  test('an entry may be enforced while all else is observed', () =>
    withinSandbox(
      { MODE: 'observe', RESTRICTED_ACTIONS: 's3:DeleteObject,s3:DeleteBucket mode=enforce' },
      async (guard) => {
        const enforced = await create(guard, granting('s3:DeleteBucket'));
        expect(await guard.asked(({ policyArn }) => policyArn === enforced)).toMatchObject({
          status: 'pending',
        });
        const observed = await create(guard, granting('s3:DeleteObject'));
        expect(await ended(guard, observed)).toMatchObject({ outcome: 'observed' });
      },
    ));
});

describe.concurrent('exempt requesters', () => {
  const DEPLOYER = 'arn:aws:iam::123456789012:role/deployer';

  test('are recorded, not quarantined, and told of once, in a daily summary', () =>
    withinSandbox(
      { EXEMPT_REQUESTERS: `${DEPLOYER} until 2999-12-31: it deploys the data platform` },
      async (guard) => {
        const arn = await create(guard, BAD, 'deployer');
        expect(await ended(guard, arn)).toMatchObject({
          outcome: 'exempt',
          exemption: { pattern: DEPLOYER, reason: 'it deploys the data platform' },
        });
        await guard.settled();
        expect(await inForce(guard, arn)).toBe('v1');
        expect((await guard.state()).slack.messages).toEqual([]);
        await guard.post('/api/summary', {});
        await guard.post('/api/summary', {});
        const { messages } = (await guard.state()).slack;
        expect(messages).toHaveLength(1);
        expect(JSON.stringify(messages)).toContain('it deploys the data platform');
      },
    ));

  test('are nobody else', () =>
    withinSandbox({ EXEMPT_REQUESTERS: `${DEPLOYER} until 2999-12-31: it deploys` }, async (guard) => {
      const arn = await create(guard, BAD, 'developer');
      expect(await guard.asked(({ policyArn }) => policyArn === arn)).toMatchObject({ status: 'pending' });
    }));

  test('are exempt until the end of their last day', () =>
    withinSandbox({ EXEMPT_REQUESTERS: `${DEPLOYER} until 2026-01-31: it deployed` }, async (guard) => {
      const arn = await create(guard, BAD, 'deployer');
      expect(await guard.asked(({ policyArn }) => policyArn === arn)).toMatchObject({ status: 'pending' });
      expect(await inForce(guard, arn)).toBe('v2');
    }));
});
