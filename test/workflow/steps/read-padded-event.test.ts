import { beforeEach, describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { UnknownChangeError } from '../../../workflow/steps/known-change.ts';
import { guard } from '../../support/each-guard.ts';
import { CONTAIN_ROLE_ARN, fixtureEvent } from '../../support/fixture-events.ts';

const document = (action: string, padding = 120_000) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Action: action, Resource: '*' } }) + ' '.repeat(padding);
const BAD = document('s3:DeleteBucket');
const HARMLESS = document('s3:GetObject');
const ARN = 'arn:aws:iam::123456789012:policy/padded';
const PUT = fixtureEvent('omitted-put-role-policy');
const FAILURE = { Error: 'Lambda.Unknown', Cause: 'gone' };
const versionEvent = (isDefaultVersion: boolean) =>
  fixtureEvent('omitted-create-policy-version', {
    responseElements: {
      policyVersion: { versionId: 'v2', isDefaultVersion, createDate: 'Jan 2, 2026, 12:00:00 AM' },
    },
  });

beforeEach(() => {
  guard.iam.createHolder('role', 'deployer');
  guard.iam.createPolicy(ARN, HARMLESS);
});

const judgeThenQuarantine = async (event: unknown) => guard.quarantine(await guard.inspect(event));
const quarantineUnjudged = (event: unknown) =>
  guard.quarantine({ verdict: 'restricted', event, failure: FAILURE });

describe.each([
  ['inspected', judgeThenQuarantine],
  ['not inspected', quarantineUnjudged],
])('a padded change that names no target, %s', (_how, quarantine) => {
  it('is quarantined when it is an inline policy', async () => {
    guard.iam.putInline('role', 'deployer', 'small', document('s3:*', 0));
    guard.iam.putInline('role', 'deployer', 'padded', BAD);
    expect(await quarantine(PUT)).toMatchObject({
      status: 'quarantined',
      change: { target: { type: 'inline-policy', entityName: 'deployer', policyName: 'padded' } },
    });
    expect(guard.iam.getInline('role', 'deployer', 'padded')).not.toBe(BAD);
    expect(guard.iam.getInline('role', 'deployer', 'small')).toBe(document('s3:*', 0));
  });

  it('is quarantined when it is a version', async () => {
    guard.iam.createVersion(ARN, BAD);
    expect(await quarantine(versionEvent(true))).toMatchObject({
      status: 'quarantined',
      change: { target: { type: 'managed-policy', policyArn: ARN, versionId: 'v2' } },
    });
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  });

  it('quarantines all that fit and nobody approved, when there are several', async () => {
    for (const name of ['one', 'two', 'three']) guard.iam.putInline('role', 'deployer', name, BAD);
    guard.iam.putInline('role', 'deployer', 'harmless', HARMLESS);
    const { status, change, detail } = await quarantine(PUT);
    expect(status).toBe('quarantined');
    expect(change.target).toMatchObject({ policyName: 'one' });
    for (const name of ['one', 'two', 'three']) {
      expect(guard.iam.getInline('role', 'deployer', name)).toBe(PLACEHOLDER);
      expect(detail).toContain(`${name} of role deployer is a placeholder`);
    }
    expect(guard.iam.getInline('role', 'deployer', 'harmless')).toBe(HARMLESS);
  });

  it('is for a person to look at, with the names of both, when two harmless ones fit', async () => {
    guard.iam.putInline('role', 'deployer', 'one', HARMLESS);
    guard.iam.putInline('role', 'deployer', 'two', HARMLESS);
    const quarantined = quarantine(PUT);
    await expect(quarantined).rejects.toThrow(/one of role deployer; two of role deployer/);
    await expect(quarantined).rejects.toBeInstanceOf(UnknownChangeError);
  });
});

it('is looked for again while IAM shows nothing but harmless ones', async () => {
  guard.iam.putInline('role', 'deployer', 'old', HARMLESS);
  guard.iam.lag(2);
  guard.iam.putInline('role', 'deployer', 'new', BAD);
  expect(await guard.inspect(PUT)).toMatchObject({
    verdict: 'restricted',
    change: { target: { policyName: 'new' } },
  });
});

it('is allowed when the only one that fits is harmless', async () => {
  guard.iam.putInline('role', 'deployer', 'padded', HARMLESS);
  expect(await guard.inspect(PUT)).toMatchObject({ verdict: 'allowed' });
});

it('is allowed when the version was not made default', async () => {
  guard.iam.createVersion(ARN, BAD, false);
  expect(await guard.inspect(versionEvent(false))).toMatchObject({ verdict: 'allowed' });
  expect(guard.iam.calls).toEqual([]);
});

describe('several restricted ones that fit', () => {
  beforeEach(() => {
    for (const name of ['one', 'two']) guard.iam.putInline('role', 'deployer', name, BAD);
  });

  it('have each a request of their own, by an event that names it', async () => {
    const judgement = await guard.inspect(PUT);
    const names = { roleName: 'deployer', policyName: 'two' };
    expect(judgement.others).toMatchObject([{ padded: names }]);
    await guard.record(await guard.quarantine(judgement));
    const other = await guard.handle({ ...PUT, padded: names });
    expect(other).toMatchObject({ end: 'waiting', requestId: judgement.others?.[0]?.requestId });
    expect(guard.ledger.requests.size).toBe(2);
    await guard.decide(other.requestId, 'approved');
    expect(guard.iam.getInline('role', 'deployer', 'two')).toBe(BAD);
    expect(guard.iam.getInline('role', 'deployer', 'one')).toBe(PLACEHOLDER);
  });

  it('are not those that were approved', async () => {
    const { requestId } = await guard.handle(PUT);
    await guard.decide(requestId, 'approved');
    guard.iam.putInline('role', 'deployer', 'two', BAD);
    const judgement = await guard.inspect({ ...PUT, detail: { ...PUT.detail, eventID: 'another' } });
    expect(judgement.change?.target).toMatchObject({ policyName: 'two' });
    expect(judgement.others).toBeUndefined();
  });

  it('are nothing that an event may make up', async () => {
    const event = { ...PUT, padded: { roleName: 'deployer', policyName: 'small' } };
    guard.iam.putInline('role', 'deployer', 'small', 'document');
    expect(await guard.inspect(event)).toMatchObject({ verdict: 'allowed' });
  });
});

it('is let be when the guard itself put it back', async () => {
  const accountId = '123456789012';
  const userIdentity = {
    type: 'AssumedRole',
    accountId,
    sessionContext: { sessionIssuer: { type: 'Role', arn: CONTAIN_ROLE_ARN, accountId } },
  };
  guard.iam.putInline('role', 'deployer', 'padded', BAD);
  const own = fixtureEvent('omitted-put-role-policy', { userIdentity });
  expect(await guard.inspect(own)).toMatchObject({ verdict: 'restricted' });
  await guard.decide((await guard.handle(PUT)).requestId, 'approved');
  expect(await guard.inspect(own)).toMatchObject({
    verdict: 'own-change',
    reason: expect.stringContaining('itself'),
  });
});
