import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { announce } from '../../../../bot/notices/announce.ts';
import type { NotifyDeps } from '../../../../bot/notices/delivery/deps.ts';
import { escalate } from '../../../../bot/notices/escalation/tell.ts';
import { requestApproval } from '../../../../bot/notices/request/request-approval.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { DENIED } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';
import { endedAs, MATCHED, recorded, waitingFor } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

const limit = new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited');
const trail = async ({ id }: ApprovalRequest) => (await ledger.auditTrail(id)).map(({ event }) => event);
const ask = (deps: NotifyDeps, request: ApprovalRequest, retryCount = 0) =>
  requestApproval(deps, { state: waitingFor(request), taskToken: 'token', retryCount });

/** Slack, but direct messages fail. */
function withoutDirectMessages(deps: NotifyDeps, error: Error): () => void {
  const { post } = deps.slack;
  deps.slack.post = (to, message) => (to.startsWith('U') ? Promise.reject(error) : post(to, message));
  return () => {
    deps.slack.post = post;
  };
}

describe('when a change is held, the requester', () => {
  it('is told what, why, that nothing is lost, who can approve, until when, and where it stands', async () => {
    const request = await recorded(ledger, { requester: MATCHED });
    const { deps, heard } = fakeDeps(ledger);
    await ask(deps, request);
    expect(heard.sent.map(({ to }) => to)).toEqual(['C1', 'U0DEVONDE']);
    const text = JSON.stringify(heard.posted[1]);
    for (const part of [
      `Your change to ${request.id} is out of force`,
      's3:DeleteBucket',
      'Nothing is lost',
      '<@U0APPROVE> and <!subteam^S0SECURIT>',
      '<!date^',
      'https://sandbox.slack.com/archives/C1/p1.1',
    ]) {
      expect(text).toContain(part);
    }
    expect((await ledger.read(request.id))?.requesterMessage).toEqual({ channel: 'U0DEVONDE', ts: '1.2' });
  });

  it.each([
    ['is not known in Slack', { status: 'unmatched', why: 'Nobody has that address.' }],
    ['could not be looked up', { status: 'unknown', why: 'Slack did not answer.' }],
  ] as const)('is told nothing when they %s', async (_, requester) => {
    const { deps, heard } = fakeDeps(ledger);
    await ask(deps, await recorded(ledger, { requester }));
    expect(heard.sent.map(({ to }) => to)).toEqual(['C1']);
  });

  it('is looked up again where Slack could not be asked before, and told', async () => {
    const request = await recorded(ledger, {
      requester: { status: 'unknown', why: 'Slack did not answer.' },
      approvalsNeeded: 2,
    });
    const { deps, heard } = fakeDeps(ledger);
    const slackUserId = 'U0DEVONDE';
    const pattern = request.change.requester.arn ?? '';
    deps.requesters = { ...deps.requesters, table: [{ pattern, slackUserId }] };
    deps.slack.profile = async (id) => ({
      ...{ id, teamId: 'T0TESTING', teamIds: [], email: 'devon@example.com' },
      ...{ deleted: false, bot: false, guest: false, stranger: false },
    });
    await ask(deps, request);
    expect(heard.sent.map(({ to }) => to)).toEqual(['C1', slackUserId]);
    expect(await ledger.read(request.id)).toMatchObject({
      requester: { status: 'matched', slackUserId },
      approvalsNeeded: 1,
    });
  });

  it('is told also when the request goes by e-mail', async () => {
    const { deps, heard } = fakeDeps(ledger);
    const { post } = deps.slack;
    deps.slack.post = (to, message) =>
      to === 'C1'
        ? Promise.reject(new SlackCallError('chat.postMessage', 'refused', 'not_in_channel'))
        : post(to, message);
    await ask(deps, await recorded(ledger, { requester: MATCHED }));
    expect(heard.mailed).toHaveLength(1);
    expect(heard.sent.map(({ to }) => to)).toEqual(['U0DEVONDE']);
  });

  it('is told by the next try when Slack asks to wait, and the channel is not asked twice', async () => {
    const request = await recorded(ledger, { requester: MATCHED });
    const { deps, heard } = fakeDeps(ledger);
    const restore = withoutDirectMessages(deps, limit);
    await expect(ask(deps, request)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    restore();
    await ask(deps, request, 1);
    await ask(deps, request, 2);
    expect(heard.sent.map(({ to }) => to)).toEqual(['C1', 'U0DEVONDE']);
  });

  it('is not worth a next try that would ask the channel twice', async () => {
    const request = await recorded(ledger, { requester: MATCHED });
    const storeSlackMessage = () => Promise.reject(new Error('away'));
    const { deps } = fakeDeps({ ...ledger, storeSlackMessage });
    withoutDirectMessages(deps, limit);
    await ask(deps, request);
    expect(await trail(request)).toContain('requester.not-told');
  });

  it.each([
    ['after the last try', limit, 50],
    ['when they can’t be written to', new SlackCallError('chat.postMessage', 'refused', 'cannot_dm_bot'), 0],
  ])('holds nothing up %s', async (_, error, retryCount) => {
    const request = await recorded(ledger, { requester: MATCHED });
    const { deps } = fakeDeps(ledger);
    withoutDirectMessages(deps, error);
    await ask(deps, request, retryCount);
    expect(await trail(request)).toContain('requester.not-told');
  });
});

describe('when it has ended, the requester', () => {
  const requesterMessage = { channel: 'D1', ts: '7.7' };
  const slack = { channel: 'C1', ts: '1.0' };

  async function denied(overrides: Partial<ApprovalRequest> = {}): Promise<ApprovalRequest> {
    const request = await recorded(ledger, { slack, requester: MATCHED, requesterMessage, ...overrides });
    await ledger.decide(request.id, { ...DENIED, reason: 'Buckets hold data.' });
    return request;
  }

  const end = (deps: NotifyDeps, request: ApprovalRequest, retryCount = 0) =>
    announce(deps, { state: endedAs(request, 'denied', 'v1 is deleted.'), retryCount });

  it('is told below the first message what, by whom and why', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await end(deps, await denied());
    const told = heard.sent.filter(({ to }) => to === 'D1');
    expect(told).toMatchObject([{ threadTs: '7.7' }]);
    const text = JSON.stringify(told);
    for (const part of ['Denied by Sam', 'v1 is deleted.', 'Buckets hold data.'])
      expect(text).toContain(part);
  });

  it('is told in a message of its own when there was none, or it was deleted', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await end(deps, await denied({ requesterMessage: undefined }));
    const { reply } = deps.slack;
    deps.slack.reply = (to, ...rest) =>
      to.channel === 'D1'
        ? Promise.reject(new SlackCallError('chat.postMessage', 'refused', 'thread_not_found'))
        : reply(to, ...rest);
    await end(deps, await denied());
    expect(heard.sent.filter(({ to }) => to === 'U0DEVONDE')).toHaveLength(2);
  });

  it('is told once, although the announcement had to be tried again', async () => {
    const request = await denied();
    const { deps, heard } = fakeDeps(ledger);
    const { update } = deps.slack;
    deps.slack.update = () => Promise.reject(limit);
    await expect(end(deps, request)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    deps.slack.update = update;
    await end(deps, request, 1);
    expect(heard.sent.filter(({ to }) => to === 'D1')).toHaveLength(1);
  });

  it('never makes the announcement fail', async () => {
    const request = await denied();
    const { deps, heard } = fakeDeps(ledger);
    const { reply } = deps.slack;
    deps.slack.reply = (to, ...rest) => (to.channel === 'D1' ? Promise.reject(limit) : reply(to, ...rest));
    await end(deps, request);
    expect(heard.ended).toEqual(['denied']);
    expect(heard.pauses).toEqual([1_200, 1_200, 1_200]);
    expect(await trail(request)).toContain('requester.not-told');
  });

  it('does not make an escalation go out twice when the change can’t be put into words', async () => {
    const request = await denied();
    const target = { type: 'managed-policy', policyArn: '\ud800', versionId: 'v1' } as const;
    const read = async () => ({ ...request, change: { ...request.change, target } });
    const { deps, heard } = fakeDeps({ ...ledger, read });
    const state = { requestId: request.id, status: 'recorded' };
    await escalate(deps, { state, executionArn: request.executionArn });
    expect(heard.ended).toEqual(['failed']);
  });

  it('is told nothing of a failure that is no end: the request is taken up again', async () => {
    const request = await denied();
    const { deps, heard } = fakeDeps(ledger);
    const state = { requestId: request.id, status: 'recorded', change: request.change };
    await escalate(deps, { state, executionArn: request.executionArn });
    expect(heard.sent.filter(({ to }) => to === 'D1')).toEqual([]);
  });
});
