import { describe, expect, test } from 'vitest';
import { ADA, type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

const S3 = 'arn:aws:s3:::';
const TEAM = { StringEquals: { 'aws:ResourceTag/team': 'blue' } };

/** What is done about a policy that grants the action on the resource, under the condition. */
async function outcomeOf(guard: GuardedSandbox, Action: string, Resource = '*', Condition?: object) {
  const name = `policy-${Math.random().toString(36).slice(2)}`;
  const Statement = [{ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) }];
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  const arn = await guard.create({ name, document });
  return guard.until(`what becomes of ${name}`, ({ requests, executions }) => {
    if (requests.some(({ policyArn, status }) => policyArn === arn && status === 'pending')) return 'held';
    const ended = executions.find(({ policyName }) => policyName === name)?.outcome;
    return ended === 'allowed' || ended === 'observed' ? ended : undefined;
  });
}

async function ask(guard: GuardedSandbox, text: string): Promise<string> {
  const reply = await guard.post('/api/slack/commands', { user: ADA, command: '/policy-guard', text });
  return JSON.stringify(reply);
}

/** As short a way to power as those that everybody lists, or to losing what is kept or told. */
const SHORT_WAYS = {
  unseen: [
    ...['iam:TagRole', 'iam:TagUser', 'iam:RemoveUserFromGroup', 'iam:DeletePolicyVersion'],
    ...['iam:ResetServiceSpecificCredential', 'iam:AcceptDelegationRequest', 'organizations:MoveAccount'],
    ...['sts:AssumeRole'],
  ],
  broad: [
    ...['events:PutTargets', 'ssm:StartAutomationExecution', 'ssm:UpdateDocument'],
    ...['servicecatalog:ProvisionProduct', 'codepipeline:UpdatePipeline'],
    ...['dynamodb:UpdateTimeToLive', 'sns:SetSubscriptionAttributes'],
  ],
};

describe.concurrent('the recommended list', () => {
  test.each([
    ['@unseen,@broad', 'held'],
    ['@unseen,@broad mode=observe', 'observed'],
  ])('as %s holds every short way, and what is not limited is %s', (RESTRICTED_ACTIONS, broad) =>
    withinSandbox({ RESTRICTED_ACTIONS }, async (guard) => {
      const outcomes = async (actions: string[]) =>
        Promise.all(actions.map(async (action) => [action, await outcomeOf(guard, action)]));
      const all = (actions: string[], outcome: string) => actions.map((action) => [action, outcome]);
      expect(await outcomes(SHORT_WAYS.unseen)).toEqual(all(SHORT_WAYS.unseen, 'held'));
      expect(await outcomes(SHORT_WAYS.broad)).toEqual(all(SHORT_WAYS.broad, broad));
      const deploying = 'arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1';
      expect(await outcomeOf(guard, 'sts:AssumeRole', deploying)).toBe('held');
      expect(await outcomeOf(guard, 'sts:AssumeRole', 'arn:aws:iam::123456789012:role/shop')).toBe('allowed');
      // Every agent has it.
      expect(await outcomeOf(guard, 'logs:PutRetentionPolicy')).toBe('allowed');
    }),
  );
});

describe.concurrent('the list', () => {
  test('counts on named resources, on broad ones, or unless a condition limits', () =>
    withinSandbox(
      {
        RESTRICTED_ACTIONS: [
          `s3:DeleteObject resource=${S3}prod-*`,
          'rds:DeleteDBInstance resource=broad',
          'ec2:TerminateInstances unless=aws:ResourceTag/team',
        ].join(','),
      },
      async (guard) => {
        expect(await outcomeOf(guard, 's3:DeleteObject', `${S3}prod-data/*`)).toBe('held');
        expect(await outcomeOf(guard, 's3:DeleteObject', `${S3}logs/*`)).toBe('allowed');
        expect(await outcomeOf(guard, 's3:DeleteObject', `${S3}*`)).toBe('held');
        const database = 'arn:aws:rds:eu-central-1:123456789012:db:';
        expect(await outcomeOf(guard, 'rds:DeleteDBInstance', `${database}*`)).toBe('held');
        expect(await outcomeOf(guard, 'rds:DeleteDBInstance', `${database}test`)).toBe('allowed');
        expect(await outcomeOf(guard, 'ec2:TerminateInstances')).toBe('held');
        expect(await outcomeOf(guard, 'ec2:TerminateInstances', '*', TEAM)).toBe('allowed');
        expect(await ask(guard, 'check s3:DeleteObject')).toContain('counts here: `resource *');
        expect(await ask(guard, 'check ec2:TerminateInstances')).toContain('no condition limits it');
      },
    ));

  test.each([
    ['restricted', 'held'],
    ['allowed', 'allowed'],
  ])('with UNKNOWN_ACTIONS=%s, an overlap without a known action is %s', (unknown, expected) =>
    withinSandbox({ RESTRICTED_ACTIONS: 'lambda:*Permission', UNKNOWN_ACTIONS: unknown }, async (guard) => {
      expect(await outcomeOf(guard, 'lambda:Get*')).toBe(expected);
      expect(await outcomeOf(guard, 'lambda:Add*')).toBe('held');
    }),
  );

  test('is warned of where an entry protects nothing', () =>
    withinSandbox({ RESTRICTED_ACTIONS: 's3:DeleteBuckets' }, async (guard) => {
      for (const text of ['list', 'doctor']) {
        expect(await ask(guard, text)).toContain('did you mean s3:DeleteBucket?');
      }
    }));
});
