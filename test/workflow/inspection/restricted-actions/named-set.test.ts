import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import { matches, realActions } from '../oracle.ts';

const folder = join(import.meta.dirname, '../../../../workflow/inspection/restricted-actions/sets');

let actions: string[];
beforeAll(async () => {
  actions = await realActions();
});

describe('the named sets', () => {
  it('are those that the documentation promises, each in a file of its name', () => {
    const names = [
      '@data-destruction',
      '@data-exposure',
      '@detection-evasion',
      '@privilege-escalation',
      '@resource-policy',
    ];
    expect(namedSets.map((set) => set.name).sort()).toEqual(names);
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(names.map((name) => `${name.slice(1)}.data.json`));
  });

  describe.each(namedSets)('$name', (set) => {
    it('names only actions that exist, spelt as AWS spells them', () => {
      const invented = set.actions.filter(
        ({ pattern }) =>
          !(pattern.includes('*')
            ? actions.some((action) => matches(pattern, action))
            : actions.includes(pattern)),
      );
      expect(invented).toEqual([]);
    });

    it('names each action once, in alphabetical order', () => {
      const names = set.actions.map(({ pattern }) => pattern.toLowerCase());
      expect(names).toEqual([...new Set(names)].sort());
    });

    it('says in one line why each action is dangerous', () => {
      for (const { why } of set.actions) expect(why).toMatch(/^[A-Z].{10,118}\.$/);
    });

    it('gives a source with an address for each action, and no source in vain', () => {
      const used = new Set(set.actions.map(({ source }) => source));
      expect([...used].sort()).toEqual(Object.keys(set.sources).sort());
      for (const source of Object.values(set.sources)) expect(source).toMatch(/^[A-Z].+: https:\/\/\S+$/);
    });
  });

  it('catch what their names promise', () => {
    const patterns = (name: string) =>
      namedSets.find((set) => set.name === name)?.actions.map(({ pattern }) => pattern);
    expect(patterns('@privilege-escalation')).toEqual(
      expect.arrayContaining(['iam:PassRole', 'iam:CreatePolicyVersion', 'lambda:UpdateFunctionCode']),
    );
    expect(patterns('@data-destruction')).toEqual(
      expect.arrayContaining(['s3:DeleteBucket', 's3:DeleteObject', 'kms:ScheduleKeyDeletion']),
    );
    expect(patterns('@data-exposure')).toEqual(expect.arrayContaining(['ec2:ModifySnapshotAttribute']));
    expect(patterns('@detection-evasion')).toEqual(expect.arrayContaining(['cloudtrail:StopLogging']));
    expect(patterns('@resource-policy')).toEqual(expect.arrayContaining(['kms:PutKeyPolicy']));
  });

  const holds = (name: string, action: string) =>
    namedSets.find((set) => set.name === name)?.actions.some(({ pattern }) => matches(pattern, action));

  it.each([
    ['@privilege-escalation', 'codepipeline:UpdatePipeline'],
    ['@privilege-escalation', 'events:PutTargets'],
    ['@privilege-escalation', 'iam:AcceptDelegationRequest'],
    ['@privilege-escalation', 'iam:DeletePolicyVersion'],
    ['@privilege-escalation', 'iam:RemoveUserFromGroup'],
    ['@privilege-escalation', 'iam:ResetServiceSpecificCredential'],
    ['@privilege-escalation', 'iam:TagRole'],
    ['@privilege-escalation', 'iam:TagUser'],
    ['@privilege-escalation', 'organizations:MoveAccount'],
    ['@privilege-escalation', 'servicecatalog:ProvisionProduct'],
    ['@privilege-escalation', 'ssm:StartAutomationExecution'],
    ['@privilege-escalation', 'ssm:UpdateDocument'],
    ['@data-destruction', 'dynamodb:UpdateTimeToLive'],
    ['@detection-evasion', 'sns:SetSubscriptionAttributes'],
  ])('%s holds %s, as short a way as any', (name, action) => {
    expect(holds(name, action)).toBe(true);
  });

  it.each([
    'logs:PutRetentionPolicy',
    'cloudwatch:PutMetricAlarm',
    's3:PutBucketNotification',
    'elasticloadbalancing:ModifyLoadBalancerAttributes',
    's3:GetObject',
    'lambda:InvokeFunction',
  ])('leave %s alone, which agents and deployments do every day', (action) => {
    expect(namedSets.filter((set) => holds(set.name, action)).map((set) => set.name)).toEqual([]);
  });

  it('share only actions that do both kinds of harm', () => {
    const harms = new Map<string, string[]>();
    for (const set of namedSets) {
      for (const { pattern } of set.actions) harms.set(pattern, [...(harms.get(pattern) ?? []), set.name]);
    }
    const shared = [...harms].filter(([, sets]) => sets.length > 1);
    const opening = shared.filter(([, sets]) => sets.join(' ') === '@data-exposure @resource-policy');
    expect(opening).toHaveLength(20);
    expect(Object.fromEntries(shared.filter((each) => !opening.includes(each)))).toEqual({
      'iam:UpdateAssumeRolePolicy': ['@privilege-escalation', '@resource-policy'],
      'logs:DeleteLogGroup': ['@data-destruction', '@detection-evasion'],
      's3:PutLifecycleConfiguration': ['@data-destruction', '@detection-evasion'],
      's3:PutReplicationConfiguration': ['@data-destruction', '@data-exposure'],
    });
  });
});
