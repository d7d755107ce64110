import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { AccessRefusedError } from '../../../workflow/account/iam/iam.ts';
import { guard } from '../../support/each-guard.ts';
import { fixtureEvent } from '../../support/fixture-events.ts';
import { ARN, attachEvent, BAD, HOLDER, INLINE_NAME, putEvent, WAYS_IN } from '../../support/ways-in.ts';

const SSO_ROLE = 'AWSReservedSSO_AdministratorAccess_5c1e4b7a90d2f386';
const SSO_PATH = '/aws-reserved/sso.amazonaws.com/';

const sso = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:aws-sso',
  arn: 'arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForSSO/aws-sso',
  accountId: '123456789012',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::123456789012:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO',
      accountId: '123456789012',
      userName: 'AWSServiceRoleForSSO',
    },
  },
};

const put = (roleName: string, record: object = {}) =>
  fixtureEvent('put-role-policy', {
    requestParameters: { roleName, policyName: INLINE_NAME, policyDocument: BAD },
    ...record,
  });

describe('a role of AWS’s own', () => {
  beforeEach(() => {
    guard.iam.createHolder('role', SSO_ROLE, { path: SSO_PATH });
    guard.iam.putInline('role', SSO_ROLE, INLINE_NAME, BAD);
  });

  it('changed by AWS’s own service is told at once, with where to change it', async () => {
    const judgement = await guard.inspect(put(SSO_ROLE, { userIdentity: sso }));
    expect(judgement).toMatchObject({
      verdict: 'aws-managed',
      reason: expect.stringContaining('IAM Identity Center: permission set AdministratorAccess'),
    });
    expect(guard.iam.calls.filter((call) => !/^(?:get|list)/.test(call))).toEqual([]);
  });

  it('is told so by Quarantine where IAM would not tell Inspect what it is', async () => {
    guard.iam.refuse = (call) => (call.startsWith('getHolder') ? new Error('throttled') : undefined);
    const judgement = await guard.inspect(put(SSO_ROLE, { userIdentity: sso }));
    expect(judgement.verdict).toBe('restricted');
    expect(await guard.quarantine(judgement)).toMatchObject({
      status: 'aws-managed',
      detail: expect.stringContaining('Nothing was changed.'),
    });
  });

  it('said to be changed by anybody else is loud, and not tried again', async () => {
    const judgement = await guard.inspect(put(SSO_ROLE));
    expect(judgement.verdict).toBe('restricted');
    await expect(guard.tryQuarantine(judgement)).rejects.toMatchObject({
      name: 'PolicyGuard.Unmodifiable',
      message: expect.stringContaining('Identity Center'),
    });
  });
});

it('a role that only has the name of one of AWS’s is quarantined, whoever changed it', async () => {
  guard.iam.createHolder('role', SSO_ROLE);
  guard.iam.putInline('role', SSO_ROLE, INLINE_NAME, BAD);
  expect(await guard.handle(put(SSO_ROLE, { userIdentity: sso }))).toMatchObject({ end: 'waiting' });
  expect(guard.iam.getInline('role', SSO_ROLE, INLINE_NAME)).not.toBe(BAD);
});

describe.each(WAYS_IN)('$eventName that IAM does not let the guard undo', (way) => {
  it.each([
    ['explicit deny in a service control policy', /A service control policy keeps the guard/],
    ['no permissions boundary allows it', /somebody may have changed its role/],
  ])('is named at once, and says why: %s', async (message, why) => {
    way.prepare(guard.iam);
    way.make(guard.iam);
    const judgement = await guard.inspect(way.event());
    guard.iam.refuse = (call) =>
      /^(?:get|list|is)/.test(call) ? undefined : new AccessRefusedError(message);
    const error = await guard.tryQuarantine(judgement).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'PolicyGuard.Refused', message: expect.stringMatching(why) });
  });
});

describe('an event of an account that is not guarded', () => {
  const theirs = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../fixtures/events/${name}.json`, import.meta.url), 'utf8'));

  beforeEach(() => {
    guard.iam.createHolder('role', 'ops');
    guard.iam.createHolder('role', HOLDER.role);
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', 'ops', ARN);
    guard.iam.attach('user', HOLDER.user, ARN);
    guard.iam.putInline('role', HOLDER.role, INLINE_NAME, BAD);
  });

  it.each([
    ['by its recipient', () => putEvent('role', BAD), { recipientAccountId: '210987654321' }, {}],
    ['by the bus', () => putEvent('role', BAD), {}, { account: '210987654321' }],
    [
      'by an ARN in it',
      () => attachEvent('user'),
      {
        requestParameters: { userName: HOLDER.user, policyArn: ARN.replace('123456789012', '210987654321') },
      },
      {},
    ],
    [
      'by an ARN in its answer',
      () => theirs('create-policy'),
      {
        responseElements: {
          policy: { arn: ARN.replace('123456789012', '210987654321'), defaultVersionId: 'v1' },
        },
      },
      {},
    ],
    [
      'by its recipient, with its names left out',
      () => theirs('omitted-put-role-policy'),
      { recipientAccountId: '210987654321' },
      {},
    ],
  ])('%s, is refused and touches nothing', async (_how, event, record, envelope) => {
    const made = event();
    const foreign = { ...made, ...envelope, detail: { ...made.detail, ...record } };
    const judgement = await guard.inspect(foreign);
    expect(judgement.verdict).toBe('foreign');
    expect(judgement.reason).toContain('It was reported from account 210987654321, which is not guarded.');
    const failure = { Error: 'Lambda.Unknown', Cause: '' };
    const unjudged = guard.quarantine({ verdict: 'restricted', event: foreign, failure });
    if (judgement.change === undefined) await expect(unjudged).rejects.toThrow('not guarded');
    else expect(await unjudged).toMatchObject({ status: 'foreign' });
    expect(guard.iam.calls).toEqual([]);
    expect(guard.logged).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });
});
