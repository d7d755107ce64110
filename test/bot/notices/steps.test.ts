import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../bot/media/slack/api/slack-error.ts';
import { announce } from '../../../bot/notices/announce.ts';
import { escalate } from '../../../bot/notices/escalation/tell.ts';
import { requestApproval } from '../../../bot/notices/request/request-approval.ts';
import { LedgerUnavailableError } from '../../../workflow/ledger/errors.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { Decision } from '../../../workflow/ledger/request.ts';
import type { Contained } from '../../../workflow/steps/payloads.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, DENIED } from '../../support/requests.ts';
import { fakeDeps } from './fake-deps.ts';
import { endedAs, recorded as recordedIn, waitingFor } from './recorded.ts';

const { ledger } = await ledgerOfThisFile();

const recorded = () => recordedIn(ledger);

const away = async () => {
  throw new LedgerUnavailableError('ledger', new Error('away'));
};
const ask = { taskToken: 'token', retryCount: 0 };

describe('asking', () => {
  it.each(['storeSlackMessage', 'audit'] as const)(
    'does not fail, and so does not ask twice, when %s fails after the message is posted',
    async (method) => {
      const request = await recorded();
      const { deps, heard } = fakeDeps({ ...ledger, [method]: away });
      await requestApproval(deps, { state: waitingFor(request), ...ask });
      expect(heard.posted).toHaveLength(1);
      expect(heard.mailed).toEqual([]);
    },
  );

  it('does not fail, and so does not mail twice, when the ledger goes away after the e-mail is sent', async () => {
    const request = await recorded();
    const slack = { ...fakeDeps(ledger).deps.slack, post: () => Promise.reject(new Error('down')) };
    const { deps, heard } = fakeDeps({ ...ledger, storeEmailed: away, audit: away }, { slack });
    await requestApproval(deps, { state: waitingFor(request), ...ask });
    expect(heard.mailed).toHaveLength(1);
    expect(heard.slackFailures).toBe(1);
  });

  it('stores the token before anybody can click', async () => {
    const request = await recorded();
    const order: string[] = [];
    const storeTaskToken: Ledger['storeTaskToken'] = async (...input) => {
      order.push('token');
      return ledger.storeTaskToken(...input);
    };
    const { deps } = fakeDeps({ ...ledger, storeTaskToken });
    deps.slack.post = async () => {
      order.push('message');
      return { channel: 'C1', ts: '1.2' };
    };
    await requestApproval(deps, { state: waitingFor(request), ...ask });
    expect(order).toEqual(['token', 'message']);
  });

  it('has an error of its own for a link key that is not usable', async () => {
    const request = await recorded();
    const slack = { ...fakeDeps(ledger).deps.slack, post: () => Promise.reject(new Error('down')) };
    const { deps, heard } = fakeDeps(ledger, { slack, linkKey: async () => 'short' });
    await expect(requestApproval(deps, { state: waitingFor(request), ...ask })).rejects.toMatchObject({
      name: 'PolicyGuard.NotDelivered',
      cause: { errors: [{ message: 'down' }, { name: 'WeakLinkKeyError' }] },
    });
    expect(heard.mailed).toEqual([]);
  });
});

describe('counting', () => {
  async function decided(decision: Decision, outcome: Contained['outcome']): Promise<Contained> {
    const request = await recorded();
    await ledger.decide(request.id, decision);
    return endedAs(request, outcome);
  }

  it('counts an outcome once, when somebody has been told', async () => {
    const state = await decided(DENIED, 'denied');
    const { deps, heard } = fakeDeps(ledger);
    const { reply } = deps.slack;
    const limited = async () => {
      throw new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited');
    };
    deps.slack = { ...deps.slack, post: limited, reply: limited };
    await expect(announce(deps, { state, retryCount: 0 })).rejects.toThrow();
    expect(heard.ended).toEqual([]);
    deps.slack = { ...deps.slack, post: reply as never, reply };
    await announce(deps, { state, retryCount: 1 });
    expect(heard.ended).toEqual(['denied']);
  });

  it('measures the minutes that a person took', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await announce(deps, { state: await decided(APPROVED, 'approved'), retryCount: 0 });
    expect(heard.minutes).toEqual([expect.closeTo(296 / 60)]);
  });

  it('does not take an expiry for a person', async () => {
    const expired: Decision = { ...APPROVED, decision: 'expired', via: 'timeout', by: { name: 'nobody' } };
    const { deps, heard } = fakeDeps(ledger);
    await announce(deps, { state: await decided(expired, 'expired'), retryCount: 0 });
    expect(heard.minutes).toEqual([]);
    expect(heard.ended).toEqual(['expired']);
  });
});

describe('escalating', () => {
  it('waits for Slack’s rate limit by itself, since e-mail alone would do for the state machine', async () => {
    const { deps, heard } = fakeDeps(ledger);
    const { post } = deps.slack;
    let refused = 0;
    deps.slack.post = async (channel, message) => {
      if (refused++ < 2) throw new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited');
      return post(channel, message);
    };
    await escalate(deps, { state: {}, executionArn: 'arn:aws:states:us-east-1:1:execution:m:e' });
    expect(heard.posted).toHaveLength(1);
    expect(heard.pauses).toEqual([1_200, 1_200]);
    expect(heard.ended).toEqual(['failed']);
  });

  it.each([
    [APPROVED, 'it may be in force or not'],
    [DENIED, 'out of force and is denied'],
  ])('says what is in force after a decision that could not be carried out', async (decision, says) => {
    const { id, change, executionArn } = await recorded();
    await ledger.decide(id, decision);
    const { deps, heard } = fakeDeps(ledger);
    await escalate(deps, { state: { requestId: id, status: 'recorded', change }, executionArn });
    expect(heard.mailed[0]?.text.replace(/\s+/g, ' ')).toContain(says);
    expect(heard.posted[0]?.text).toContain(says);
  });
});
