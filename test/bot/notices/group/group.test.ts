import { beforeEach, describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import type { Message } from '../../../../bot/media/slack/blocks/types.ts';
import { announce } from '../../../../bot/notices/announce.ts';
import { showGroup } from '../../../../bot/notices/group/show.ts';
import { remind } from '../../../../bot/notices/reminder/remind.ts';
import { requestApproval } from '../../../../bot/notices/request/request-approval.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../../workflow/ledger/requester-key.ts';
import type { Nudge } from '../../../../workflow/steps/payloads.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { DENIED } from '../../../support/requests.ts';
import { fakeDeps, type Sent } from '../fake-deps.ts';
import { endedAs, MATCHED, recorded, waitingFor } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

let requests: ApprovalRequest[];
let pipelines = 0;
beforeEach(async () => {
  const pipeline = `pipeline${pipelines++}`;
  requests = await Promise.all(Array.from({ length: 5 }, () => recorded(ledger, {}, pipeline)));
});

const limited = () => Promise.reject(new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited'));
const down = () => Promise.reject(new SlackCallError('chat.postMessage', 'unreachable', 'HTTP 503'));
const ask = (deps: ReturnType<typeof fakeDeps>['deps'], request: ApprovalRequest, retryCount = 0) =>
  requestApproval(deps, { state: waitingFor(request), taskToken: 'token', retryCount });
const key = () => requesterKey(requests[0]?.change.requester as ApprovalRequest['change']['requester']);
const actions = ({ blocks }: Message) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
const buttonsOf = (message: Message) => actions(message).map((element) => element.action_id);
const latest = async () =>
  Promise.all(requests.map(async ({ id }) => (await ledger.read(id)) ?? requests[0]));

async function askAll({ deps, heard } = fakeDeps(ledger)) {
  for (const request of requests) await ask(deps, request);
  return { deps, heard };
}

describe('many requests by one requester', () => {
  it('stand in the thread of one message, each with its own buttons', async () => {
    const { heard } = await askAll();
    const [group, ...replies] = heard.sent;
    expect(group?.threadTs).toBeUndefined();
    expect(replies.map(({ threadTs }) => threadTs)).toEqual(Array(5).fill('1.1'));
    for (const { message } of replies)
      expect(buttonsOf(message)).toEqual(expect.arrayContaining(['approve', 'deny']));
  });

  it('remember in which thread they stand', async () => {
    await askAll();
    for (const request of await latest()) expect(request?.slack?.threadTs).toBe('1.1');
  });

  it('are counted in that message as they come', async () => {
    const { heard } = await askAll();
    const { ref, message } = heard.updated.at(-1) ?? {};
    expect(ref?.ts).toBe('1.1');
    expect(message?.text).toMatch(/^5 changes held: pipeline\d+\. 5 waiting, 0 approved, 0 denied\./);
    expect(message && buttonsOf(message)).toEqual(['approve_all', 'deny_all']);
    expect(message && actions(message)).toMatchObject(
      Array(2).fill({ value: expect.stringMatching(/^request\d+$/) }),
    );
  });

  it('stand by themselves while there are three', async () => {
    const trio = await Promise.all([1, 2, 3].map(() => recorded(ledger, {}, `trio${pipelines}`)));
    const { deps, heard } = fakeDeps(ledger);
    for (const request of trio) await ask(deps, request);
    expect(heard.sent.map(({ threadTs }) => threadTs)).toEqual([undefined, undefined, undefined]);
  });

  it.each(['listByRequester', 'claimGroup'] as const)(
    'stand by themselves when the ledger fails to %s',
    async (method) => {
      const { deps, heard } = fakeDeps({ ...ledger, [method]: () => Promise.reject(new Error('away')) });
      await ask(deps, requests[0] as ApprovalRequest);
      expect(heard.sent).toMatchObject([{ to: 'C1' }]);
      expect(buttonsOf(heard.posted[0] as Message)).toContain('approve');
    },
  );

  it('wait while another execution posts the message of the group', async () => {
    await ledger.claimGroup(key(), '2026-03-01T12:00:00.000Z', '2026-03-01T12:10:00.000Z');
    const { deps, heard } = fakeDeps(ledger);
    await expect(ask(deps, requests[0] as ApprovalRequest)).rejects.toMatchObject({
      name: 'PolicyGuard.SlackRateLimited',
    });
    expect([heard.sent, heard.mailed]).toEqual([[], []]);
    await ask(deps, requests[0] as ApprovalRequest, 50);
    expect(heard.sent).toHaveLength(1);
  });

  it('let go of the group when its message can’t be posted, so that the next opens it', async () => {
    const { deps, heard } = fakeDeps(ledger);
    const { post } = deps.slack;
    deps.slack.post = limited;
    await expect(ask(deps, requests[0] as ApprovalRequest)).rejects.toMatchObject({
      name: 'PolicyGuard.SlackRateLimited',
    });
    deps.slack.post = post;
    await ask(deps, requests[1] as ApprovalRequest);
    expect(heard.sent.map(({ threadTs }) => threadTs)).toEqual([undefined, '1.1']);
  });

  it('go by e-mail when Slack takes neither', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.post = down;
    await ask(deps, requests[0] as ApprovalRequest);
    expect(heard.mailed).toHaveLength(1);
  });

  it('stand by themselves when the thread was deleted', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.reply = () =>
      Promise.reject(new SlackCallError('chat.postMessage', 'refused', 'thread_not_found'));
    await ask(deps, requests[0] as ApprovalRequest);
    expect(heard.sent).toHaveLength(2);
    expect((await latest())[0]?.slack?.threadTs).toBeUndefined();
  });

  it('do not fail because the message of the group can’t be written anew', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.update = limited;
    await ask(deps, requests[0] as ApprovalRequest);
    expect(heard.sent).toHaveLength(2);
  });
});

describe('the message of a group', () => {
  it('does not say that all is decided while older ones wait behind a hundred that have ended', async () => {
    const slack = { channel: 'C1', ts: '2.2', threadTs: '1.1' };
    const [waiting] = requests as [ApprovalRequest];
    const ended = Array.from({ length: 100 }, () => ({
      ...waiting,
      id: 'x',
      slack,
      status: 'closed' as const,
    }));
    const { deps, heard } = fakeDeps({
      ...ledger,
      listByRequester: async (_, limit) => ended.map((each, i) => ({ ...each, id: `x${i}` })).slice(0, limit),
      list: async () => [{ ...waiting, slack }],
    });
    await showGroup(deps, { ...waiting, id: 'x0', slack, status: 'closed' });
    expect(heard.updated[0]?.message.text).toContain('1 change held');
    expect(heard.updated[0]?.message && buttonsOf(heard.updated[0].message)).toHaveLength(2);
  });
});

describe('very many requests by one requester', () => {
  const CROWD = 60;
  let all: ApprovalRequest[];
  beforeEach(async () => {
    const pipeline = `crowd${pipelines}`;
    all = await Promise.all(Array.from({ length: CROWD }, () => recorded(ledger, {}, pipeline)));
  });
  const ownChannel = () => fakeDeps(ledger, { settings: { SLACK_CHANNEL: `CROWD${pipelines}` } });

  /** As the state machine does: what is to be tried again is, until nothing is. */
  async function askUntilDone(deps: ReturnType<typeof fakeDeps>['deps']) {
    const [first, ...others] = all as [ApprovalRequest, ...ApprovalRequest[]];
    await ask(deps, first);
    let left = others;
    for (let retryCount = 0; left.length > 0 && retryCount < 20; retryCount++) {
      const tries = await Promise.allSettled(left.map((request) => ask(deps, request, retryCount)));
      left = left.filter((_, index) => tries[index]?.status === 'rejected');
    }
  }

  it('are shown by the message at the top alone, and it counts every one', async () => {
    const { deps, heard } = ownChannel();
    await askUntilDone(deps);
    expect(heard.sent).toHaveLength(1);
    expect(heard.mailed).toEqual([]);
    const last = heard.updated.at(-1);
    expect(last?.message.text).toContain(`${CROWD} changes held`);
    expect(JSON.stringify(last?.message)).toContain(
      `${CROWD} changes of them that wait are not in this thread`,
    );
    expect(last?.message && buttonsOf(last.message)).toEqual(['approve_all', 'deny_all']);
    // Each is written into it by whoever is at it, not by itself.
    expect(heard.updated.length).toBeLessThan(CROWD / 2);
  });

  it('are not put until that message shows them', async () => {
    const { deps, heard } = ownChannel();
    const { update } = deps.slack;
    deps.slack.update = limited;
    const [first, second] = all as [ApprovalRequest, ApprovalRequest];
    for (const request of [first, second]) {
      await expect(ask(deps, request)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
      await expect(ask(deps, request, 1)).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    }
    deps.slack.update = update;
    await ask(deps, first, 2);
    expect(heard.sent).toHaveLength(1);
    expect(heard.updated.at(-1)?.message.text).toContain('2 changes held');
  });

  it('are counted there when they have ended as decided, and told by themselves when not', async () => {
    const { deps, heard } = ownChannel();
    await askUntilDone(deps);
    const [denied, gone] = all as [ApprovalRequest, ApprovalRequest];
    heard.sent.length = 0;
    for (const [request, outcome] of [
      [denied, 'denied'],
      [gone, 'superseded'],
    ] as const) {
      await ledger.decide(request.id, DENIED);
      await announce(deps, { state: endedAs(request, outcome), retryCount: 0 });
    }
    expect(heard.sent).toMatchObject([{ threadTs: expect.any(String) }]);
    expect(JSON.stringify(heard.updated.at(-1)?.message)).toContain('1 denied, 1 ended otherwise');
    expect(heard.updated.every(({ message }) => !message.text.includes('Denied by'))).toBe(true);
  });
});

describe('the end of one of many', () => {
  it('is written into its own message and that of the group, without a reply', async () => {
    const { deps, heard } = await askAll();
    const [request] = requests as [ApprovalRequest];
    await ledger.decide(request.id, DENIED);
    heard.sent.length = 0;
    heard.updated.length = 0;
    await announce(deps, { state: endedAs(request, 'denied'), retryCount: 0 });
    expect(heard.sent).toEqual([]);
    const [own, group] = heard.updated;
    expect(own?.message.text).toContain('Denied by Sam');
    expect(group?.ref.ts).toBe('1.1');
    expect(JSON.stringify(group?.message)).toContain('4 waiting, 0 approved, 1 denied');
  });

  it('takes the buttons off the message of the group with the last', async () => {
    const { deps, heard } = await askAll();
    for (const request of requests) {
      await ledger.decide(request.id, DENIED);
      await announce(deps, { state: endedAs(request, 'denied'), retryCount: 0 });
    }
    const { message } = heard.updated.at(-1) ?? {};
    expect(message && buttonsOf(message)).toEqual([]);
    expect(message?.text).toMatch(/^All decided/);
  });
});

describe('the requester of many', () => {
  const direct = (sent: readonly Sent[]) => sent.filter(({ to }) => to === MATCHED.slackUserId);

  /** So that no two tests have the same thread. */
  const ownChannel = () => fakeDeps(ledger, { settings: { SLACK_CHANNEL: `C${pipelines}` } });

  beforeEach(async () => {
    for (const { id } of requests) await ledger.storeRequester(id, MATCHED, 1);
  });

  it('gets one direct message for all that stand in one thread', async () => {
    const { heard } = await askAll(ownChannel());
    expect(direct(heard.sent)).toHaveLength(1);
    expect(direct(heard.sent)[0]?.message.text).toContain('Many of your changes are out of force');
    const told = (await latest()).map((request) => request?.requesterMessage);
    expect(told).toEqual(Array(5).fill({ channel: MATCHED.slackUserId, ts: expect.any(String) }));
    expect(new Set(told.map((ref) => ref?.ts)).size).toBe(1);
  });

  it('gets one also when all are asked about at once', async () => {
    const { deps, heard } = ownChannel();
    let left = [...requests];
    for (let retryCount = 0; left.length > 0; retryCount++) {
      const tries = await Promise.allSettled(left.map((request) => ask(deps, request, retryCount)));
      left = left.filter((_, index) => tries[index]?.status === 'rejected');
    }
    expect(direct(heard.sent)).toHaveLength(1);
  });

  it('is told by the next where that message could not be posted', async () => {
    const { deps, heard } = ownChannel();
    const { post } = deps.slack;
    deps.slack.post = (to, message) =>
      to === MATCHED.slackUserId
        ? Promise.reject(new SlackCallError('chat.postMessage', 'unreachable', 'HTTP 503'))
        : post(to, message);
    await ask(deps, requests[0] as ApprovalRequest);
    deps.slack.post = post;
    await ask(deps, requests[1] as ApprovalRequest);
    expect(direct(heard.sent)).toHaveLength(1);
  });

  it('hears below that message how each has ended', async () => {
    const { deps, heard } = await askAll(ownChannel());
    const [, request] = await latest();
    await ledger.decide(request?.id ?? '', DENIED);
    heard.sent.length = 0;
    await announce(deps, { state: endedAs(request as ApprovalRequest, 'denied'), retryCount: 0 });
    expect(heard.sent).toMatchObject([{ to: MATCHED.slackUserId, threadTs: request?.requesterMessage?.ts }]);
  });
});

describe('a reminder of many', () => {
  const due = (request: ApprovalRequest, nudges: Nudge[]) => ({
    ...{ taskToken: 'again', retryCount: 0 },
    state: { ...waitingFor(request), due: nudges },
  });

  it('is one message to the channel and one e-mail, however many wait', async () => {
    const { deps, heard } = await askAll();
    heard.sent.length = 0;
    for (const request of requests) await remind(deps, due(request, ['reminder', 'admin-email']));
    expect(heard.sent).toMatchObject([{ threadTs: '1.1', broadcast: true }]);
    expect(heard.posted.at(-1)?.text).toContain('and 4 other changes in this thread');
    expect(heard.mailed).toHaveLength(1);
    for (const { id } of requests) expect(heard.mailed[0]?.text).toContain(id);
  });

  it('brings each of them its new token', async () => {
    const { deps } = await askAll();
    for (const request of requests) await remind(deps, due(request, ['reminder']));
    for (const { id } of requests) {
      expect(await ledger.decide(id, DENIED)).toMatchObject({ status: 'won', taskToken: 'again' });
    }
  });

  it('is given of each when the ledger can’t tell who belongs together', async () => {
    const { deps, heard } = await askAll();
    heard.sent.length = 0;
    deps.ledger = { ...ledger, listByRequester: () => Promise.reject(new Error('away')) };
    for (const request of requests) await remind(deps, due(request, ['reminder']));
    expect(heard.sent).toHaveLength(5);
  });
});
