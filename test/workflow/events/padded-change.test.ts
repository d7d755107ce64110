import { describe, expect, it } from 'vitest';
import { parseRecord, recordIn } from '../../../workflow/events/cloudtrail-record.ts';
import {
  chooseCandidate,
  paddedPolicies,
  paddedSearch,
  versionsCreated,
} from '../../../workflow/events/padded-change.ts';
import { fixtureEvent } from '../../support/fixture-events.ts';

const search = (name: string, fields = {}) => paddedSearch(parseRecord(recordIn(fixtureEvent(name, fields))));
const answered = (createDate?: string) => ({
  responseElements: { policyVersion: { versionId: 'v2', isDefaultVersion: true, createDate } },
});
const CREATED = Date.UTC(2026, 2, 2, 9, 15);

describe('what is looked for in IAM', () => {
  it('is an inline policy of the entity that the call names', () => {
    expect(search('omitted-put-role-policy')).toEqual({ type: 'inline', entity: 'role' });
  });

  it.each(['Mar 2, 2026, 9:15:00 AM', 'Mar 2, 2026, 9:15:00\u202fAM', '2026-03-02T09:15:00Z'])(
    'is a version by its id and the time of its creation, as in %s',
    (createDate) => {
      expect(search('omitted-create-policy-version', answered(createDate))).toEqual({
        type: 'version',
        versionId: 'v2',
        createdAt: CREATED,
        toleranceMs: 2_000,
      });
    },
  );

  it('is a version of about the time of the event when it does not tell the creation', () => {
    const found = search('omitted-create-policy-version', answered());
    expect(found).toMatchObject({ createdAt: CREATED, toleranceMs: 5_000 });
  });

  it.each(['put-user-policy', 'omitted-create-policy'])('is nothing for %s', (name) => {
    expect(search(name)).toBeUndefined();
  });
});

describe('what fits', () => {
  it('is an inline policy that is near 100 KB as CloudTrail counts it', () => {
    const policy = (policyName: string, document: string) => ({ entityName: 'e', policyName, document });
    const policies = [
      policy('short', ' '.repeat(80_000)),
      policy('spaces', ' '.repeat(95_000)),
      policy('line feeds', '\n'.repeat(50_000)),
    ];
    expect(paddedPolicies('group', policies).map(({ names }) => names)).toEqual([
      { groupName: 'e', policyName: 'spaces' },
      { groupName: 'e', policyName: 'line feeds' },
    ]);
  });

  it('is a version with that id, created at that time', () => {
    const version = (policyArn: string, versionId: string, ms: number) => ({
      policyArn,
      versionId,
      createdAt: new Date(CREATED + ms).toISOString(),
      document: '{}',
    });
    const versions = [version('a', 'v2', 2_000), version('b', 'v2', -2_001), version('c', 'v3', 0)];
    const wanted = { type: 'version', versionId: 'v2', createdAt: CREATED, toleranceMs: 2_000 } as const;
    expect(versionsCreated(wanted, versions).map(({ names }) => names)).toEqual([{ policyArn: 'a' }]);
  });
});

describe('which of those that fit is taken', () => {
  const [good, other, bad, worse] = ['good', 'other', 'bad', 'worse'].map((document) => ({
    label: document,
    document,
    names: {},
  })) as [Candidate, Candidate, Candidate, Candidate];
  type Candidate = Parameters<typeof chooseCandidate>[0][number];
  const isRestricted = (document: string) => document === 'bad' || document === 'worse';

  it.each([
    ['the only one', [good], good],
    ['the only restricted one', [good, bad, other], bad],
    ['none of two that are restricted', [bad, worse], undefined],
    ['none of two that are harmless', [good, other], undefined],
    ['none of none', [], undefined],
  ])('%s', (_which, candidates, expected) => {
    expect(chooseCandidate(candidates, isRestricted)).toBe(expected);
  });
});
