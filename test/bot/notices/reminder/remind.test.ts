import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { remind } from '../../../../bot/notices/reminder/remind.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import type { Nudge } from '../../../../workflow/steps/payloads.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { fakeDeps } from '../fake-deps.ts';
import { recorded, waitingFor } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

const slack = { channel: 'C1', ts: '1.0' };
const failing = () => Promise.reject(new Error('down'));
const trail = async ({ id }: ApprovalRequest) => (await ledger.auditTrail(id)).map(({ event }) => event);

const nudge = (
  deps: ReturnType<typeof fakeDeps>['deps'],
  request: ApprovalRequest,
  due: Nudge[],
  retryCount = 0,
) => remind(deps, { state: { ...waitingFor(request), due }, taskToken: 'token', retryCount });

describe('a reminder', () => {
  it('does nothing but store the token after a wait that ended early', async () => {
    const request = await recorded(ledger, { slack });
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, request, []);
    expect([heard.sent, heard.updated, heard.mailed]).toEqual([[], [], []]);
  });

  it('mentions the approvers in the thread and the channel, how long it waits and what is missing', async () => {
    const votes = [
      { by: { name: 'Ada', slackUserId: 'U0ADA' }, via: 'slack', at: '2026-03-01T12:05:00Z' },
    ] as const;
    const request = await recorded(ledger, { slack, approvalsNeeded: 2, votes: [...votes] });
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, request, ['reminder']);
    expect(heard.sent).toMatchObject([{ to: 'C1', threadTs: '1.0', broadcast: true }]);
    const text = JSON.stringify(heard.posted[0]);
    for (const part of [
      '<@U0APPROVE> and <!subteam^S0SECURIT>',
      'for 9 min 56 s',
      '2 approvals are needed, 1 is there (Ada), 1 missing',
      'expires in 23 h 50 min',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('writes the request’s own message anew, so that its times are true', async () => {
    const request = await recorded(ledger, { slack });
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, request, ['reminder']);
    expect(heard.updated.map(({ ref }) => ref)).toEqual([slack]);
  });

  it('counts although that message can’t be written anew', async () => {
    const request = await recorded(ledger, { slack });
    const { deps } = fakeDeps(ledger);
    deps.slack.update = failing;
    await nudge(deps, request, ['reminder']);
    expect(await trail(request)).toContain('request.reminded');
  });

  it('sends no e-mail to the administrator yet', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, await recorded(ledger, { slack }), ['reminder']);
    expect(heard.mailed).toEqual([]);
  });
});

describe('a reminder that neither Slack nor e-mail takes', () => {
  const nobody = () => {
    const { deps, heard } = fakeDeps(ledger, { email: { send: failing } });
    deps.slack = { ...deps.slack, post: failing, reply: failing };
    return { deps, heard };
  };

  it('leaves the request waiting, and says so in the audit trail', async () => {
    const request = await recorded(ledger, { slack });
    const { deps, heard } = nobody();
    await nudge(deps, request, ['reminder']);
    expect(await trail(request)).toContain('request.not-reminded');
    expect(await trail(request)).not.toContain('request.reminded');
    expect((await ledger.read(request.id))?.status).toBe('pending');
    expect(heard.slackFailures).toBe(1);
  });

  it('leaves one waiting too that was asked by e-mail', async () => {
    const request = await recorded(ledger, { emailedAt: '2026-03-01T12:00:05.000Z' });
    await nudge(nobody().deps, request, ['reminder']);
    expect(await trail(request)).toContain('request.not-reminded');
  });

  it('is written down for the administrator as well, for whom the same e-mail was meant', async () => {
    const request = await recorded(ledger, { slack });
    await nudge(nobody().deps, request, ['reminder', 'admin-email']);
    expect(await trail(request)).toEqual(
      expect.arrayContaining(['request.not-reminded', 'request.admin-not-told']),
    );
  });

  it('is given with the next nudge', async () => {
    const request = await recorded(ledger, { slack });
    await nudge(nobody().deps, request, ['reminder']);
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, request, ['reminder']);
    expect(heard.sent).toHaveLength(1);
  });

  it('is tried again for a request that nobody is known to have been asked about', async () => {
    const request = await recorded(ledger);
    await expect(nudge(nobody().deps, request, ['reminder'])).rejects.toMatchObject({
      name: 'PolicyGuard.NotDelivered',
    });
  });
});

describe('the e-mail to the administrator', () => {
  it('says that nobody has decided, with a link to deny alone while Slack works, and the channel hears nothing', async () => {
    const request = await recorded(ledger, { slack });
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, request, ['admin-email']);
    expect(heard.sent).toEqual([]);
    expect(heard.mailed).toMatchObject([{ subject: expect.stringContaining('nobody has decided about') }]);
    expect(heard.mailed[0]?.text).toMatch(/^Deny: https:/m);
    expect(heard.mailed[0]?.text).not.toMatch(/^Approve: https:/m);
    expect(heard.mailed[0]?.text.replace(/\s+/g, ' ')).toContain(
      'no link to approve in this e-mail, because Slack works',
    );
    expect(await trail(request)).toContain('request.admin-told');
  });

  it('goes out beside the reminder when both are due', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await nudge(deps, await recorded(ledger, { slack }), ['reminder', 'admin-email']);
    expect([heard.sent.length, heard.mailed.length]).toEqual([1, 1]);
  });

  it('does for the reminder too when Slack is away', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.reply = failing;
    await nudge(deps, await recorded(ledger, { slack }), ['reminder', 'admin-email']);
    expect(heard.mailed.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('nobody has decided about'),
    ]);
  });

  it.each([
    ['in Slack', { slack }],
    ['by e-mail', { emailedAt: '2026-03-01T12:00:05.000Z' }],
  ])('does not end a request that people were asked about %s, when it fails', async (_, asked) => {
    const request = await recorded(ledger, asked);
    const { deps } = fakeDeps(ledger, { email: { send: failing } });
    await nudge(deps, request, ['admin-email']);
    expect(await trail(request)).toContain('request.admin-not-told');
    expect((await ledger.read(request.id))?.status).toBe('pending');
  });

  it('is tried a few times for a request that nobody is known to have been asked about', async () => {
    const request = await recorded(ledger);
    const { deps } = fakeDeps(ledger, { email: { send: failing } });
    for (const retryCount of [0, 1, 2]) {
      await expect(nudge(deps, request, ['admin-email'], retryCount)).rejects.toMatchObject({
        name: 'PolicyGuard.NotDelivered',
      });
    }
    await nudge(deps, request, ['admin-email'], 3);
    expect(await trail(request)).toContain('request.admin-not-told');
  });

  it('is logged as an error when it fails', async () => {
    const errors: string[] = [];
    const { deps } = fakeDeps(ledger, { email: { send: failing } });
    deps.log = { ...deps.log, error: (message) => void errors.push(String(message)) };
    await nudge(deps, await recorded(ledger, { slack }), ['admin-email']);
    expect(errors).toEqual([expect.stringContaining('administrator could not be mailed')]);
  });

  it('is written down as not sent when the reminder is out, which a next try would repeat', async () => {
    const request = await recorded(ledger, { slack });
    const { deps, heard } = fakeDeps(ledger, { email: { send: failing } });
    await nudge(deps, request, ['reminder', 'admin-email']);
    expect(heard.sent).toHaveLength(1);
    expect(await trail(request)).toContain('request.admin-not-told');
  });

  it('is not sent while the reminder waits for Slack’s rate limit, so that it is sent once', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.reply = () =>
      Promise.reject(new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited'));
    await expect(
      nudge(deps, await recorded(ledger, { slack }), ['reminder', 'admin-email']),
    ).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    expect(heard.mailed).toEqual([]);
  });

  it('is written down as not sent where there is no administrator', async () => {
    const request = await recorded(ledger, { slack });
    const { deps, heard } = fakeDeps(ledger, { settings: { ADMIN_EMAIL: undefined } });
    await nudge(deps, request, ['admin-email']);
    expect(heard.mailed).toEqual([]);
    expect(await trail(request)).toContain('request.admin-not-told');
  });
});
