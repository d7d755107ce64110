import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUARD_PATH } from '../../../infra/aws/compute/guard-role.ts';
import { STACK_NAME } from '../../../infra/aws/create-app.ts';
import type { Synthesised } from '../../support/synthesise.ts';
import { synthesise } from '../../support/synthesise.ts';

const text = readFileSync('infra/aws/service-control-policy.json', 'utf8');
const { Statement: statements } = JSON.parse(text);
const resources: string[] = statements.flatMap(({ Resource }: { Resource: string | string[] }) => Resource);

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
    expect(resources).toContain(`arn:aws:iam::*:role${GUARD_PATH}*`);
  });

  it('means the stack by its name, where CloudFormation puts it in front of what it names', () => {
    const named = resources.filter((resource) => /:(dynamodb|events|lambda|sns):/.test(resource));
    expect(named).toHaveLength(4);
    for (const resource of named) expect(resource).toContain(`${STACK_NAME}-*`);
  });

  it('means the state machine by the logical id that CloudFormation names it after', () => {
    const [[id] = []] = stack.all('AWS::StepFunctions::StateMachine');
    const prefixes = resources.flatMap((resource) => /:states:.*:(\w+)\*/.exec(resource)?.[1] ?? []);
    expect(prefixes.length).toBeGreaterThan(0);
    for (const prefix of prefixes) expect(id).toMatch(new RegExp(`^${prefix}`));
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
