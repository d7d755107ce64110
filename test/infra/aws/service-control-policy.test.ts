import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUARD_PATH } from '../../../infra/aws/compute/guard-role.ts';
import { STACK_NAME } from '../../../infra/aws/create-app.ts';
import type { Synthesised } from '../../support/synthesise.ts';
import { synthesise } from '../../support/synthesise.ts';

const text = readFileSync('infra/aws/service-control-policy.json', 'utf8');
const { Statement: statements } = JSON.parse(text);
const resources: string[] = statements.flatMap(({ Resource }: { Resource: string | string[] }) => Resource);

const statement = (sid: string) => statements.find(({ Sid }: { Sid: string }) => Sid === sid);

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise();
});
afterAll(() => stack.remove());

describe('the service control policy', () => {
  it('fits into the 5,120 characters that AWS Organizations takes', () => {
    expect(text.length).toBeLessThanOrEqual(5_120);
  });

  it('only denies', () => {
    expect(statements.map(({ Effect }: { Effect: string }) => Effect)).not.toContain('Allow');
  });

  it('means the roles of this stack', () => {
    expect(resources).toContain(`arn:aws:iam::ACCOUNT_ID:role${GUARD_PATH}*`);
  });

  it('means the stack by its name, where CloudFormation puts it in front of what it names', () => {
    const named = resources.filter((resource) =>
      /:(dynamodb|events|lambda|sns|sqs|cloudwatch|cloudtrail):/.test(resource),
    );
    expect(named).toHaveLength(7);
    for (const resource of named) expect(resource).toContain(`${STACK_NAME}-*`);
    expect(resources).toContain(`arn:aws:logs:*:*:log-group:/${STACK_NAME}/*`);
  });

  it('means every rule, function and queue, because CloudFormation names them after the stack', () => {
    const types = {
      'AWS::Events::Rule': 'Name',
      'AWS::Lambda::Function': 'FunctionName',
      'AWS::SQS::Queue': 'QueueName',
    };
    for (const [type, name] of Object.entries(types)) {
      expect(stack.all(type).length).toBeGreaterThan(1);
      for (const [, { Properties }] of stack.all(type)) expect(Properties[name]).toBeUndefined();
    }
  });

  it('means the state machine by the logical id that CloudFormation names it after', () => {
    const [[id] = []] = stack.all('AWS::StepFunctions::StateMachine');
    const prefixes = resources.flatMap((resource) => /:states:.*:(\w+)\*/.exec(resource)?.[1] ?? []);
    expect(prefixes.length).toBeGreaterThan(0);
    for (const prefix of prefixes) expect(id).toMatch(new RegExp(`^${prefix}`));
  });

  it('means the secret of the links by its logical id, and lets only the guard read it', () => {
    const { Resource, Condition } = statement('ProtectPolicyGuardLinkKey');
    const prefix = /:secret:(\w+)\*$/.exec(Resource)?.[1];
    const named = stack.all('AWS::SecretsManager::Secret').map(([id]) => id.startsWith(String(prefix)));
    expect(named.filter(Boolean)).toHaveLength(1);
    expect(Condition.ArnNotLike['aws:PrincipalArn']).toContain(`arn:aws:iam::ACCOUNT_ID:role${GUARD_PATH}*`);
  });

  it('leaves no other way to write the ledger, and so an approval, than through the guard', () => {
    expect(statement('ProtectPolicyGuardParts').Action).toEqual(
      expect.arrayContaining([
        ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((call) => `dynamodb:${call}`),
        ...['PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete', 'PutResourcePolicy'].map(
          (call) => `dynamodb:${call}`,
        ),
      ]),
    );
  });

  it('excepts nobody by a name that anybody could give to a role', () => {
    const excepted = statements.flatMap(
      ({ Condition }: { Condition: { ArnNotLike: Record<string, string | string[]> } }) =>
        Condition.ArnNotLike['aws:PrincipalArn'],
    );
    for (const arn of excepted as string[]) {
      expect(arn).toMatch(/^arn:aws:iam::ACCOUNT_ID:role\/(policy-guard\/\*|[\w-]+)$/);
    }
    expect(statement('ProtectPolicyGuardRoles').Action).toContain('iam:CreateRole');
  });

  it.each(['AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::StepFunctions::StateMachine'])(
    'means, by its tag, every %s',
    (type) => {
      for (const [, { Properties }] of stack.all(type)) {
        expect(Properties.Tags).toContainEqual({ Key: 'policy-guard', Value: 'protected' });
      }
    },
  );
});
