import { beforeEach, describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { summarise } from '../../../../bot/notices/daily-summary/tell.ts';
import type { Ledger } from '../../../../workflow/ledger/ledger.ts';
import { startLedger } from '../../../support/ledger.ts';
import { aRequest } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';

let ledger: Ledger;
beforeEach(async () => {
  const local = await startLedger();
  ledger = local.ledger;
  return local.stop;
});

const TIME = '2026-03-02T06:00:00.000Z';
const exemption = { pattern: 'arn:aws:iam::*:role/deployer', until: '2026-12-31', reason: 'It deploys.' };
const failing = () => Promise.reject(new Error('down'));

const exempt = (id: string, createdAt = '2026-03-01T12:00:04.000Z') =>
  ledger.recordUntouched({
    ...aRequest(id, { createdAt, closedAt: createdAt, status: 'closed', containment: { type: 'none' } }),
    ...{ outcome: 'exempt', exemption },
  });

describe('the daily summary', () => {
  it('tells once of what exempt requesters have changed, however often the day is delivered', async () => {
    await exempt('one');
    const { deps, heard } = fakeDeps(ledger);
    await summarise(deps, { time: TIME });
    await summarise(deps, { time: TIME });
    expect(heard.posted.map(({ text }) => text)).toEqual([
      expect.stringContaining('1 change by exempt requesters'),
    ]);
    expect((await ledger.recentAudit(1)).map(({ event }) => event)).toEqual(['summary.told']);
  });

  it('says nothing of a day without any', async () => {
    await exempt('early', '2026-03-01T06:00:00.000Z');
    await exempt('late', '2026-03-02T06:00:00.001Z');
    const { deps, heard } = fakeDeps(ledger);
    await summarise(deps, { time: TIME });
    expect([heard.sent, heard.mailed]).toEqual([[], []]);
  });

  it('waits for Slack’s rate limit by itself', async () => {
    await exempt('one');
    const { deps, heard } = fakeDeps(ledger);
    const { post } = deps.slack;
    let refused = 0;
    deps.slack.post = async (...args) => {
      if (refused++ < 2) throw new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited');
      return post(...args);
    };
    await summarise(deps, { time: TIME });
    expect(heard.pauses).toEqual([1_200, 1_200]);
    expect(heard.sent).toHaveLength(1);
  });

  it('goes by e-mail when Slack does not take it', async () => {
    await exempt('one');
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.post = failing;
    await summarise(deps, { time: TIME });
    expect(heard.mailed).toMatchObject([
      { subject: 'Policy Guard: daily summary: 1 change by exempt requesters' },
    ]);
    for (const part of ['By: arn:aws:iam::*:role/deployer', 'Exempt because: It deploys.', '2026-12-31']) {
      expect(heard.mailed[0]?.text).toContain(part);
    }
  });

  it('is told by the next delivery where the one before was stopped', async () => {
    await exempt('one');
    await ledger.claimSummary('2026-03-02', '2026-03-02T06:00:01.000Z');
    const { deps, heard } = fakeDeps(ledger, { now: () => new Date('2026-03-02T06:02:00.000Z') });
    await summarise(deps, { time: TIME });
    expect(heard.sent).toHaveLength(1);
  });

  it('is told once although it can’t be stored that it was told', async () => {
    await exempt('one');
    const storeSummaryTold = () => Promise.reject(new Error('away'));
    const { deps, heard } = fakeDeps({ ...ledger, storeSummaryTold });
    await summarise(deps, { time: TIME });
    await summarise(deps, { time: TIME });
    expect(heard.sent).toHaveLength(1);
  });

  it('is told by the next delivery when nobody could be told', async () => {
    await exempt('one');
    const { deps, heard } = fakeDeps(ledger);
    const { post } = deps.slack;
    deps.slack.post = failing;
    deps.email = { send: failing };
    await expect(summarise(deps, { time: TIME })).rejects.toMatchObject({ name: 'PolicyGuard.NotDelivered' });
    deps.slack.post = post;
    await summarise(deps, { time: TIME });
    expect(heard.sent).toHaveLength(1);
  });
});
