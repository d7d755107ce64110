import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { ON_THEIR_OWN } from '../../../../bot/notices/informed/inform.ts';
import { report } from '../../../../bot/notices/observed/tell.ts';
import { pack } from '../../../../workflow/inspection/packed-document.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { aRequest, REVIEWED } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';
import { EXECUTION } from '../states.ts';

const { ledger } = await ledgerOfThisFile();

const EXEMPTION = {
  pattern: 'arn:aws:iam::*:role/deployer',
  until: '2026-12-31',
  reason: 'Deploys everything.',
};
const failing = () => Promise.reject(new Error('down'));

let count = 0;
/** Input of Report, for a change of its own. */
function untouched(verdict: 'observed' | 'exempt') {
  const { change, inspection } = aRequest(`report${count++}`);
  const reason = verdict === 'observed' ? 'MODE is observe.' : 'The requester is exempt.';
  const exempt = verdict === 'exempt' ? { exemption: EXEMPTION } : {};
  const state = {
    verdict,
    reason,
    change,
    inspection,
    document: pack(REVIEWED),
    event: pack('{}'),
    ...exempt,
  };
  return { state, executionArn: EXECUTION, retryCount: 0 };
}

const trail = async (id: string) => (await ledger.auditTrail(id)).map(({ event }) => event);

describe('a change that is only observed', () => {
  it('is told in the channel as what would have happened, with nothing to decide', async () => {
    const input = untouched('observed');
    const { deps, heard } = fakeDeps(ledger);
    const ended = await report(deps, input);
    const id = input.state.change.requestId;
    expect(ended).toEqual({ outcome: 'observed', reason: 'MODE is observe.', requestId: id });
    expect(heard.sent).toMatchObject([{ to: 'C1' }]);
    const { text, blocks } = heard.posted[0] ?? { text: '', blocks: [] };
    expect(text).toMatch(/^Would have been quarantined: .* Nothing was touched: the grant is in force\.$/);
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(buttons).toMatchObject([{ action_id: 'details', value: id }]);
    expect(JSON.stringify(blocks)).not.toContain('Was in force for');
  });

  it('is kept in the ledger, closed, with its document and event', async () => {
    const input = untouched('observed');
    const { deps, heard } = fakeDeps(ledger);
    await report(deps, input);
    const id = input.state.change.requestId;
    expect(await ledger.read(id)).toMatchObject({
      ...{ status: 'closed', outcome: 'observed', outcomeDetail: 'MODE is observe.' },
      ...{ containment: { type: 'none' }, document: pack(REVIEWED), event: pack('{}') },
      slack: { channel: 'C1', ts: '1.1', permalink: expect.stringContaining('https://') },
    });
    expect(await trail(id)).toEqual(['change.observed']);
    expect(heard.ended).toEqual(['observed']);
  });

  it('may also be what Quarantine has found, where Inspect has failed', async () => {
    const { state } = untouched('observed');
    const { change, inspection } = state;
    const { deps, heard } = fakeDeps(ledger);
    const found = { status: 'observed', detail: 'MODE is observe.', change, inspection } as const;
    expect(await report(deps, { state: found, executionArn: EXECUTION, retryCount: 0 })).toMatchObject({
      outcome: 'observed',
    });
    expect(heard.sent).toHaveLength(1);
  });

  it('is counted with others where there are many, and each is kept and in the trail', async () => {
    const { deps, heard } = fakeDeps(ledger, { now: () => new Date('2026-03-03T00:00:00.000Z') });
    const inputs = Array.from({ length: 9 }, (_, index) => ({
      ...untouched('observed'),
      executionArn: `${EXECUTION}-${index}`,
    }));
    for (const input of inputs) expect(await report(deps, input)).toMatchObject({ outcome: 'observed' });
    expect(heard.posted).toHaveLength(ON_THEIR_OWN + 1);
    const counted = JSON.stringify(heard.updated.at(-1)?.message.blocks);
    expect(counted).toContain('9 changes only observed');
    expect(counted).toContain('9 would have been quarantined');
    expect(counted).toContain('what they grant is in force');
    const id = inputs.at(-1)?.state.change.requestId ?? '';
    const kept = await ledger.read(id);
    expect(kept).toMatchObject({ outcome: 'observed' });
    // No button or later notice may take the message of many for its own.
    expect(kept).not.toHaveProperty('slack');
    expect(await ledger.auditTrail(id)).toMatchObject([
      { event: 'change.observed', detail: expect.stringContaining('Counted in Slack'), slackTs: '1.6' },
    ]);
  });

  it('goes by e-mail when Slack does not take it', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.post = failing;
    await report(deps, untouched('observed'));
    expect(heard.mailed).toMatchObject([
      { subject: 'Policy Guard: would have been quarantined: my-bad-policy' },
    ]);
    expect(heard.mailed[0]?.text).toContain('nothing was touched, and the grant is in force');
  });

  it.each(['slack', 'email'])('is told once by %s, however often the step is tried', async (way) => {
    const input = untouched('observed');
    const { deps, heard } = fakeDeps(ledger);
    if (way === 'email') deps.slack.post = failing;
    await report(deps, input);
    await report(deps, { ...input, retryCount: 1 });
    expect(heard.sent.length + heard.mailed.length).toBe(1);
  });

  it('waits for Slack’s rate limit, and is told by the next try', async () => {
    const input = untouched('observed');
    const { deps, heard } = fakeDeps(ledger);
    const { post } = deps.slack;
    deps.slack.post = () =>
      Promise.reject(new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited'));
    await expect(report(deps, input)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    expect(heard.ended).toEqual([]);
    deps.slack.post = post;
    await report(deps, { ...input, retryCount: 1 });
    expect(heard.sent).toHaveLength(1);
  });

  it('is tried again when nobody can be told', async () => {
    const { deps } = fakeDeps(ledger, { email: { send: failing } });
    deps.slack.post = failing;
    await expect(report(deps, untouched('observed'))).rejects.toMatchObject({
      name: 'PolicyGuard.NotDelivered',
    });
  });

  it('is told once when its event is delivered twice', async () => {
    const input = untouched('observed');
    const { deps, heard } = fakeDeps(ledger);
    await report(deps, input);
    const again = await report(deps, { ...input, executionArn: `${EXECUTION}-two` });
    expect(again.outcome).toBe('duplicate');
    expect(heard.sent).toHaveLength(1);
    expect(heard.ended).toEqual(['observed', 'duplicate']);
  });
});

describe('a change by an exempt requester', () => {
  it('is kept with its exemption, and told by the daily summary alone', async () => {
    const input = untouched('exempt');
    const { deps, heard } = fakeDeps(ledger);
    const id = input.state.change.requestId;
    expect(await report(deps, input)).toMatchObject({ outcome: 'exempt', requestId: id });
    expect([heard.sent, heard.mailed]).toEqual([[], []]);
    expect(await ledger.read(id)).toMatchObject({
      status: 'closed',
      outcome: 'exempt',
      exemption: EXEMPTION,
    });
    expect(await trail(id)).toEqual(['change.exempt']);
    expect(heard.ended).toEqual(['exempt']);
  });
});
