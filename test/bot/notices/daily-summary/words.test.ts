import { describe, expect, it } from 'vitest';
import { describeSummary } from '../../../../bot/notices/daily-summary/words.ts';
import type { Exemption } from '../../../../workflow/events/exemptions/exemption.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { aRequest } from '../../../support/requests.ts';

const TO = new Date('2026-03-02T06:00:00.000Z');
const deployer: Exemption = {
  pattern: 'arn:aws:iam::*:role/deployer',
  until: '2026-12-31',
  reason: 'It deploys.',
};
const backup: Exemption = { pattern: 'arn:aws:iam::*:role/backup', until: '2026-12-31', reason: 'It saves.' };

let count = 0;
const closed = (overrides: Partial<ApprovalRequest>) =>
  aRequest(`r${count++}`, { status: 'closed', outcome: 'exempt', exemption: deployer, ...overrides });

describe('the daily summary', () => {
  it('is missing when no exempt requester has changed anything', () => {
    expect(describeSummary([closed({ outcome: 'approved' })], TO, 1_000)).toBeUndefined();
  });

  it('holds the 24 h before its time, the end included and the beginning not', () => {
    const times = ['2026-03-01T06:00:00.000Z', '2026-03-01T06:00:00.001Z', '2026-03-02T06:00:00.000Z'];
    const view = describeSummary(
      times.map((createdAt) => closed({ createdAt })),
      TO,
      1_000,
    );
    expect(view?.count).toBe(2);
  });

  it('counts by exemption, the most used first', () => {
    const requests = [closed({ exemption: backup }), closed({}), closed({})];
    expect(describeSummary(requests, TO, 1_000)?.exemptions).toMatchObject([
      { pattern: deployer.pattern, reason: 'It deploys.', until: '2026-12-31', count: 2 },
      { pattern: backup.pattern, count: 1 },
    ]);
  });

  it('says of the same thing several times how often it was', () => {
    const [exemption] = describeSummary([closed({}), closed({})], TO, 1_000)?.exemptions ?? [];
    expect(exemption?.grants).toEqual([
      expect.stringMatching(/created the policy my-bad-policy, which grants s3:DeleteBucket \(2 times\)$/),
    ]);
  });

  it.each([
    ['2026-03-10', undefined],
    ['2026-03-09', 'in 7 days'],
    ['2026-03-03', 'tomorrow'],
    ['2026-03-02', 'today'],
    ['2026-03-01', 'already'],
  ])('warns of an exemption until %s: %s', (until, endsSoon) => {
    const [exemption] =
      describeSummary([closed({ exemption: { ...deployer, until } })], TO, 1_000)?.exemptions ?? [];
    expect(exemption?.endsSoon).toBe(endsSoon);
  });

  it('counts whatever else ended in that time', () => {
    const requests = [closed({}), closed({ outcome: 'approved' }), closed({ outcome: 'approved' })];
    expect(describeSummary(requests, TO, 1_000)?.outcomes).toEqual(['1 exempt', '2 approved']);
  });

  it('says that there may be more when it was given as many as were asked for', () => {
    const requests = [closed({}), closed({})];
    expect(describeSummary(requests, TO, 2)?.more).toBe(true);
    expect(describeSummary(requests, TO, 3)?.more).toBe(false);
  });

  it('counts a change whose exemption is not known', () => {
    const view = describeSummary([closed({ exemption: undefined })], TO, 1_000);
    expect(view?.exemptions).toMatchObject([{ pattern: 'unknown', count: 1 }]);
  });
});
