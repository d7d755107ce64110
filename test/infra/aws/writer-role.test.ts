import { expect, it } from 'vitest';
import { evaluate, type Verdict } from '../../../infra/iam-evaluator/evaluate.ts';
import { type Policy, readPolicy } from '../../../infra/iam-evaluator/policy.ts';
import { arnOf, asDeployed } from '../../support/as-deployed.ts';
import { readable, stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();

const arnIn = (name: string): string => {
  const [found] = Object.entries(stack.json.Resources).filter(
    ([id]) => readable({ Ref: id }) === `<${name}>`,
  );
  if (found === undefined) throw new Error(`The template has no ${name}`);
  return arnOf(...found);
};

/** Every policy of the role of contain, as deployed. */
const policies = (): Policy[] =>
  stack
    .all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => readable(Properties.Roles[0]) === '<ContainRole>')
    .map(([, { Properties }]) => readPolicy(asDeployed(Properties.PolicyDocument, stack.json.Resources)));

const WRITES = ['PutRolePolicy', 'DeleteRolePolicy', 'AttachRolePolicy', 'DetachRolePolicy'];
const SOMEBODY = 'arn:aws:iam::123456789012:role/somebody';

/** What IAM says to each write on a role, in a session of contain's role that this function has, if any. */
function writes(role: string, caller?: string): Verdict['decision'][] {
  const context: Record<string, string> = caller === undefined ? {} : { 'lambda:SourceFunctionArn': caller };
  return WRITES.map(
    (name) => evaluate(policies(), { action: `iam:${name}`, resource: role, context }).decision,
  );
}

const all = (decision: Verdict['decision']) => WRITES.map(() => decision);

it('contain may write on any role of the account', () => {
  expect(writes(SOMEBODY, arnIn('ContainFunction'))).toEqual(all('allowed'));
});

it('another function that somebody has given the role of contain may not', () => {
  const theirs = 'arn:aws:lambda:us-east-1:123456789012:function:PolicyGuard-ContainFunction9AA0B045-THEIRS';
  for (const caller of [
    theirs,
    arnIn('NotifyFunction'),
    'arn:aws:lambda:us-east-1:123456789012:function:x',
  ]) {
    expect(writes(SOMEBODY, caller)).toEqual(all('not allowed'));
  }
});

it('credentials of the role that were taken out of Lambda may not', () => {
  expect(writes(SOMEBODY)).toEqual(all('not allowed'));
});

it('every role of the guard is out of its own reach', () => {
  for (const [id, resource] of stack.all('AWS::IAM::Role')) {
    expect(writes(arnOf(id, resource), arnIn('ContainFunction'))).toEqual(all('denied'));
  }
});

it('a role that somebody has made on the guard’s path, or under one of its names, is within its reach', () => {
  const contain = arnIn('ContainRole');
  for (const role of [
    'arn:aws:iam::123456789012:role/policy-guard/mine',
    contain.replace('/policy-guard/', '/mine/'),
    `${contain}2`,
  ]) {
    expect(writes(role, arnIn('ContainFunction'))).toEqual(all('allowed'));
  }
});
