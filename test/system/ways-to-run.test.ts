import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { type GuardedSandbox, granting, withinSandbox } from '../support/guarded-sandbox.ts';

const ended = (guard: GuardedSandbox, arn: string) =>
  guard.until('the end', ({ requests }) =>
    requests.find(({ policyArn, outcome }) => policyArn === arn && outcome),
  );

describe.concurrent('observe', () => {
  test('MODE=observe reports everything and touches nothing', () =>
    withinSandbox({ MODE: 'observe' }, async (guard) => {
      const arn = await guard.create();
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(request).toMatchObject({ outcome: 'observed', status: 'closed' });
      await guard.settled();
      const message = await guard.message(request);
      expect(message?.text).toMatch(/^Would have been quarantined: /);
      expect(JSON.stringify(message)).not.toContain('"action_id":"approve"');
      expect(await guard.inForce(arn)).toBe('v1');
      const { policies, executions } = await guard.state();
      expect(policies.find((policy) => policy.arn === arn)?.versions).toHaveLength(1);
      expect(executions).toHaveLength(1);
      expect(executions[0]).toMatchObject({ status: 'SUCCEEDED', outcome: 'observed' });
    }));

  test('an entry of the list may be observed while the others are enforced, and the stricter wins', () =>
    withinSandbox({ RESTRICTED_ACTIONS: 's3:DeleteObject mode=observe,s3:DeleteBucket' }, async (guard) => {
      const observed = await guard.create({ document: granting('s3:DeleteObject') });
      expect(await ended(guard, observed)).toMatchObject({ outcome: 'observed' });
      expect(await guard.inForce(observed)).toBe('v1');
      const both = await guard.create({ document: granting('s3:Delete*') });
      expect(await guard.asked(({ policyArn }) => policyArn === both)).toMatchObject({ status: 'pending' });
      expect(await guard.inForce(both)).toBe('v2');
    }));

  test('an entry may be enforced while all else is observed', () =>
    withinSandbox(
      { MODE: 'observe', RESTRICTED_ACTIONS: 's3:DeleteObject,s3:DeleteBucket mode=enforce' },
      async (guard) => {
        const enforced = await guard.create({ document: granting('s3:DeleteBucket') });
        expect(await guard.asked(({ policyArn }) => policyArn === enforced)).toMatchObject({
          status: 'pending',
        });
        const observed = await guard.create({ document: granting('s3:DeleteObject') });
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
        const arn = await guard.create({ caller: 'deployer' });
        expect(await ended(guard, arn)).toMatchObject({
          outcome: 'exempt',
          exemption: { pattern: DEPLOYER, reason: 'it deploys the data platform' },
        });
        await guard.settled();
        expect(await guard.inForce(arn)).toBe('v1');
        expect((await guard.state()).slack.messages).toEqual([]);
        await guard.post('/api/summary', {});
        await guard.post('/api/summary', {});
        const { messages } = (await guard.state()).slack;
        expect(messages).toHaveLength(1);
        expect(JSON.stringify(messages)).toContain('it deploys the data platform');
      },
    ));

  test('are users of IAM by their unique id, as a sweep has seen them: a borrowed name makes nobody exempt', () =>
    withinSandbox(
      {
        EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:user/migrator until 2999-12-31: it moves things',
        SANDBOX_CLOUDTRAIL_DELAY_MS: '1000',
      },
      async (guard) => {
        const root = guard.iamAs('root');
        const userOf = async (UserName: string) => {
          await root.send(new CreateUserCommand({ UserName }));
          const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
          const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
          const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
          return new IAMClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
        };
        const write = (iam: IAMClient, PolicyName: string) =>
          iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: granting('s3:DeleteBucket') }));
        const rename = (UserName: string, NewUserName: string) =>
          root.send(new UpdateUserCommand({ UserName, NewUserName }));
        const outcomeOf = (name: string) =>
          guard.until(`what becomes of ${name}`, ({ requests }) =>
            requests.find(
              ({ policyArn, outcome, slack }) => policyArn?.endsWith(`/${name}`) && (outcome ?? slack),
            ),
          );
        const migrator = await userOf('migrator');
        const evil = await userOf('evil');
        await write(migrator, 'unseen');
        expect(await outcomeOf('unseen')).toMatchObject({ status: 'pending' });
        await guard.post('/api/reconcile', {});
        await write(migrator, 'seen');
        expect(await outcomeOf('seen')).toMatchObject({ outcome: 'exempt' });
        await rename('migrator', 'away');
        await rename('evil', 'migrator');
        await write(evil, 'borrowed');
        await rename('migrator', 'evil');
        await rename('away', 'migrator');
        expect(await outcomeOf('borrowed')).toMatchObject({ status: 'pending' });
      },
    ));

  test('are nobody else', () =>
    withinSandbox({ EXEMPT_REQUESTERS: `${DEPLOYER} until 2999-12-31: it deploys` }, async (guard) => {
      const arn = await guard.create();
      expect(await guard.asked(({ policyArn }) => policyArn === arn)).toMatchObject({ status: 'pending' });
    }));

  test('are exempt until the end of their last day', () =>
    withinSandbox({ EXEMPT_REQUESTERS: `${DEPLOYER} until 2026-01-31: it deployed` }, async (guard) => {
      const arn = await guard.create({ caller: 'deployer' });
      expect(await guard.asked(({ policyArn }) => policyArn === arn)).toMatchObject({ status: 'pending' });
      expect(await guard.inForce(arn)).toBe('v2');
    }));
});
