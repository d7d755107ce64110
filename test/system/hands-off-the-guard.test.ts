import * as dynamo from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../infra/iam-evaluator/policy.ts';
import { eventOf } from '../support/forged-events.ts';
import { ADA, BAD, type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';
import { refusesOnPurpose } from '../support/permissions-used.ts';

const ACCOUNT = '123456789012';
const CONTAIN = 'policy-guard-contain';
const GRANT = { UserName: 'developer', PolicyName: 'grant', PolicyDocument: BAD };

/** Whoever may pass on the role of `contain`, and make a function, has a session of it. */
function thief({ sandbox }: GuardedSandbox, functionName = 'mine'): iam.IAMClient {
  refusesOnPurpose(sandbox);
  return new iam.IAMClient({
    ...{ endpoint: sandbox.aws, region: 'us-east-1', maxAttempts: 1 },
    credentials: sandbox.functionCredentials(CONTAIN, functionName),
  });
}

const refused = (action: string, why: string) => ({
  name: 'AccessDenied',
  message: expect.stringMatching(new RegExp(`perform: ${action} .* ${why}`)),
});

describe('the role of contain in a function of somebody else', () => {
  test('writes nothing in IAM, though the guard itself does', () =>
    withinSandbox({}, async (guard) => {
      const [arn] = [await guard.create(), await guard.asked(() => true)];
      const write = { PolicyArn: arn, PolicyDocument: BAD };
      const role = { RoleName: 'deployer', PolicyName: 'grant', PolicyDocument: BAD };
      const writes = [
        () => thief(guard).send(new iam.CreatePolicyVersionCommand({ ...write, SetAsDefault: true })),
        () => thief(guard).send(new iam.SetDefaultPolicyVersionCommand({ ...write, VersionId: 'v1' })),
        () => thief(guard).send(new iam.PutUserPolicyCommand(GRANT)),
        () => thief(guard).send(new iam.PutRolePolicyCommand(role)),
        () => thief(guard).send(new iam.AttachUserPolicyCommand({ ...GRANT, PolicyArn: arn })),
      ];
      for (const attempt of writes) {
        await expect(attempt()).rejects.toMatchObject(refused('iam:\\w+', 'no identity-based policy allows'));
      }
      // Looking is what it may.
      await thief(guard).send(new iam.GetPolicyCommand({ PolicyArn: arn }));
      expect(await guard.inForce(arn)).toBe('v2');
    }));

  test('on the guard’s own roles is refused even in the guard’s own function', () =>
    withinSandbox({}, async (guard) => {
      const RoleName = 'policy-guard-slack';
      const put = new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument: BAD });
      await expect(thief(guard, CONTAIN).send(put)).rejects.toMatchObject(
        refused('iam:PutRolePolicy', 'with an explicit deny'),
      );
    }));

  test('counts as nobody’s but the thief’s where the condition is gone: it is taken out, and asked about', () =>
    withinSandbox({}, async (guard) => {
      const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
      const roleArn = `arn:aws:iam::${ACCOUNT}:role/${CONTAIN}`;
      guard.sandbox.permissions.limit(roleArn, [
        readPolicy({ Version: '2012-10-17', Statement: everything }),
      ]);
      await thief(guard).send(new iam.PutUserPolicyCommand(GRANT));
      const request = await guard.asked(({ change }) => change.eventName === 'PutUserPolicy');
      expect(request.change.requester.arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/${CONTAIN}/mine`);
      expect(await guard.inlineText(GRANT)).not.toContain('s3:DeleteBucket');
    }));
});

const ON = { SANDBOX_GUARDRAILS: 'on' };

describe('with the guardrails', () => {
  /** Everything that somebody with all rights in the account may try on the guard. */
  const attempts = (guard: GuardedSandbox, executionArn: string) => {
    const credentials = guard.sandbox.callers.find(({ id }) => id === 'root')?.credentials;
    const config = { endpoint: guard.sandbox.aws, region: 'us-east-1', credentials, maxAttempts: 1 };
    const machine = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:policy-guard`;
    const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:policy-guard`;
    const states = new sfn.SFNClient(config);
    const table = new dynamo.DynamoDBClient(config);
    const people = new iam.IAMClient(config);
    const Key = { pk: { S: 'request#1' }, sk: { S: 'request' } };
    return {
      'states:StartExecution': () =>
        states.send(
          new sfn.StartExecutionCommand({
            stateMachineArn: machine,
            input: JSON.stringify(eventOf('x', 'eve')),
          }),
        ),
      'states:StopExecution': () => states.send(new sfn.StopExecutionCommand({ executionArn })),
      'states:RedriveExecution': () => states.send(new sfn.RedriveExecutionCommand({ executionArn })),
      'states:SendTaskSuccess': () =>
        states.send(new sfn.SendTaskSuccessCommand({ taskToken: 'x', output: '{}' })),
      'states:SendTaskFailure': () => states.send(new sfn.SendTaskFailureCommand({ taskToken: 'x' })),
      'sns:Subscribe': () =>
        new sns.SNSClient(config).send(
          new sns.SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'eve@example.net' }),
        ),
      'sns:Unsubscribe': async () => {
        const topic = new sns.SNSClient(config);
        const { Subscriptions = [] } = await topic.send(
          new sns.ListSubscriptionsByTopicCommand({ TopicArn }),
        );
        const { SubscriptionArn } = Subscriptions[0] ?? expect.fail();
        await topic.send(new sns.UnsubscribeCommand({ SubscriptionArn }));
      },
      'sns:Publish': () => new sns.SNSClient(config).send(new sns.PublishCommand({ TopicArn, Message: 'x' })),
      'secretsmanager:PutSecretValue': () =>
        new secrets.SecretsManagerClient(config).send(
          new secrets.PutSecretValueCommand({
            SecretId: guard.sandbox.slackSecretArn,
            SecretString: '{}',
          }),
        ),
      'secretsmanager:GetSecretValue': () =>
        new secrets.SecretsManagerClient(config).send(
          new secrets.GetSecretValueCommand({ SecretId: guard.sandbox.slackSecretArn }),
        ),
      'dynamodb:GetItem': () =>
        table.send(new dynamo.GetItemCommand({ TableName: 'policy-guard-ledger', Key })),
      'dynamodb:PutItem': () =>
        table.send(new dynamo.PutItemCommand({ TableName: 'policy-guard-ledger', Item: Key })),
      'dynamodb:DeleteTable': () =>
        table.send(new dynamo.DeleteTableCommand({ TableName: 'policy-guard-ledger' })),
      'iam:UpdateAssumeRolePolicy': () =>
        people.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: CONTAIN, PolicyDocument: BAD })),
      'iam:PutRolePolicy': () =>
        people.send(
          new iam.PutRolePolicyCommand({ RoleName: CONTAIN, PolicyName: 'x', PolicyDocument: BAD }),
        ),
    };
  };

  test('not even the root user touches a part of the guard, and the guard works', () =>
    withinSandbox(ON, async (guard) => {
      const request = await guard.held();
      const open: string[] = [];
      for (const [action, attempt] of Object.entries(attempts(guard, request.executionArn))) {
        const error = await attempt().then(
          () => new Error('It was done.'),
          (reason: Error) => reason,
        );
        const words = `perform: ${action} on resource: `;
        const denied = error.message.includes(words) && error.message.includes('a service control policy');
        if (!denied) open.push(`${action}: ${error.message}`);
      }
      expect(open).toEqual([]);
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await guard.isInForce(request)).toBe(true);
    }));

  test('everybody looks at it, and works on everything else, as before', () =>
    withinSandbox(ON, async (guard) => {
      const request = await guard.held({ caller: 'margaret' });
      const credentials = guard.sandbox.callers[0]?.credentials;
      const states = new sfn.SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
      const { executionArn } = request;
      expect(await states.send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({
        status: 'RUNNING',
      });
      await guard.iam.send(new iam.CreateUserCommand({ UserName: 'new' }));
      await guard.iam.send(new iam.GetRoleCommand({ RoleName: CONTAIN }));
    }));
});
