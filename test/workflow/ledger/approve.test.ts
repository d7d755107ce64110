import { describe, expect, it } from 'vitest';
import { pack, sha256 } from '../../../workflow/inspection/packed-document.ts';
import { OwnRequestError } from '../../../workflow/ledger/errors.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import type { RequesterMatch, Vote } from '../../../workflow/ledger/request.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { repeatedWrites } from '../../support/repeated-writes.ts';
import { aRequest, DENIED, MANAGED } from '../../support/requests.ts';

const { store, ledger } = await ledgerOfThisFile();

let count = 0;
async function pending(approvalsNeeded: number, requester?: RequesterMatch): Promise<string> {
  const id = `vote${++count}`;
  await ledger.record(aRequest(id, { document: pack(id), approvalsNeeded, ...(requester && { requester }) }));
  return id;
}

const AT = '2026-03-01T12:05:00.000Z';
const vote = (slackUserId: string, more: Partial<Vote> = {}): Vote => ({
  by: { name: slackUserId, slackUserId },
  via: 'slack',
  at: AT,
  ...more,
});
const emailVote = (sourceIp: string): Vote => ({
  by: { name: 'someone with the e-mail link', email: { text: 'Policy held', sourceIp } },
  via: 'email',
  at: AT,
});
const UNKNOWN: RequesterMatch = { status: 'unknown', why: 'Slack did not answer.' };
const matched = (slackUserId: string): RequesterMatch => ({ status: 'matched', slackUserId, by: 'email' });

/** Ends the tests of `votes` that were cast at once: all of them are told, one of them has decided. */
async function expectOneDecision(id: string, needed: number, results: readonly { status: string }[]) {
  const statuses = results.map(({ status }) => status);
  expect(statuses.filter((status) => status === 'won')).toHaveLength(1);
  expect(statuses.filter((status) => status === 'counted')).toHaveLength(needed - 1);
  expect(statuses.filter((status) => status === 'lost')).toHaveLength(results.length - needed);
  const request = await ledger.read(id);
  expect(request).toMatchObject({ status: 'decided', decision: { decision: 'approved' } });
  expect(new Set(request?.votes.map(({ by }) => by.slackUserId)).size).toBe(needed);
}

describe('an approval by whoever has just read the request', () => {
  const notReading = ledgerOver({ ...store, get: () => Promise.reject(new Error('It was read again.')) });

  it('does not read it again', async () => {
    const id = await pending(1);
    const seen = await ledger.read(id);
    expect(await notReading.approve(id, vote('U1'), seen)).toMatchObject({ status: 'won' });
  });

  it('counts after another that came in between', async () => {
    const id = await pending(2);
    const seen = await ledger.read(id);
    await ledger.approve(id, vote('U1'));
    expect(await ledger.approve(id, vote('U1'), seen)).toMatchObject({ status: 'already-voted' });
    expect(await ledger.approve(id, vote('U2'), seen)).toMatchObject({ status: 'won' });
    expect((await ledger.read(id))?.votes).toHaveLength(2);
  });

  it('is refused where they have turned out to be the requester since', async () => {
    const id = await pending(1, UNKNOWN);
    const seen = await ledger.read(id);
    await ledger.storeRequester(id, matched('U1'), 1);
    await expect(ledger.approve(id, vote('U1'), seen)).rejects.toThrow(OwnRequestError);
  });

  it('hears what became of it, where that was over already', async () => {
    const id = await pending(1);
    await ledger.approve(id, vote('U1'));
    const seen = await ledger.read(id);
    await ledger.close(id, 'approved', 'It is back.', AT);
    expect(await ledger.approve(id, vote('U2'), seen)).toMatchObject({
      status: 'lost',
      request: { status: 'closed' },
    });
  });
});

describe('an approval', () => {
  it('decides where one is needed, with who, when and why', async () => {
    const id = await pending(1);
    await ledger.storeTaskToken(aRequest(id), 'token');
    const cast = vote('U1', { reason: 'planned' });
    expect(await ledger.approve(id, cast)).toMatchObject({ status: 'won', taskToken: 'token' });
    expect(await ledger.read(id)).toMatchObject({
      status: 'decided',
      votes: [cast],
      decision: { decision: 'approved', by: cast.by, via: 'slack', at: AT, reason: 'planned' },
    });
  });

  it.each([2, 3])('is one of %i that are needed, and the last one decides', async (needed) => {
    const id = await pending(needed);
    for (let voter = 1; voter < needed; voter++) {
      expect(await ledger.approve(id, vote(`U${voter}`))).toMatchObject({
        status: 'counted',
        missing: needed - voter,
      });
      expect(await ledger.read(id)).toMatchObject({ status: 'pending' });
    }
    expect(await ledger.approve(id, vote(`U${needed}`))).toMatchObject({ status: 'won' });
  });

  it('of one approver counts once, however often they click', async () => {
    const id = await pending(2);
    await ledger.approve(id, vote('U1'));
    expect(await ledger.approve(id, vote('U1'))).toMatchObject({ status: 'already-voted', missing: 1 });
    expect((await ledger.read(id))?.votes).toHaveLength(1);
  });

  it('by any e-mail link is that of one and the same voter', async () => {
    const id = await pending(2);
    await ledger.approve(id, emailVote('192.0.2.1'));
    expect(await ledger.approve(id, emailVote('192.0.2.2'))).toMatchObject({ status: 'already-voted' });
    expect(await ledger.approve(id, vote('U1'))).toMatchObject({ status: 'won' });
  });

  it('says that the glass was broken, whoever votes last', async () => {
    const id = await pending(2, matched('U1'));
    await ledger.approve(id, vote('U1', { breakGlass: true, reason: 'outage' }));
    await ledger.approve(id, vote('U2'));
    expect((await ledger.read(id))?.decision).toMatchObject({ breakGlass: true, by: { name: 'U2' } });
  });

  it('frees the document for the next request, and is found by it, only once it decides', async () => {
    const id = await pending(2);
    const key = targetKey('123456789012', MANAGED);
    await ledger.approve(id, vote('U1'));
    expect(await ledger.findApproval(key, sha256(id))).toBeUndefined();
    expect(await ledger.findPending(key, sha256(id))).toBe(id);
    await ledger.approve(id, vote('U2'));
    expect(await ledger.findApproval(key, sha256(id))).toMatchObject({ requestId: id, by: 'U2' });
  });

  it('is no approval of the document where fewer have approved than the request needs', async () => {
    const id = await pending(2);
    await ledger.approve(id, vote('U1'));
    await ledger.decide(id, { ...vote('U1'), decision: 'approved' });
    expect(await ledger.findApproval(targetKey('123456789012', MANAGED), sha256(id))).toBeUndefined();
  });

  it('comes too late after a denial, an expiry, or the end', async () => {
    const denied = await pending(2);
    await ledger.approve(denied, vote('U1'));
    await ledger.decide(denied, DENIED);
    expect(await ledger.approve(denied, vote('U2'))).toMatchObject({ status: 'lost', decision: DENIED });
    const expired = await pending(1);
    const decision = { decision: 'expired', by: { name: 'nobody' }, via: 'timeout', at: AT } as const;
    await ledger.decide(expired, decision);
    expect(await ledger.approve(expired, vote('U1'))).toMatchObject({ status: 'lost', decision });
    const ended = await pending(1);
    await ledger.close(ended, 'gone', 'It was deleted.', AT);
    expect(await ledger.approve(ended, vote('U1'))).toMatchObject({ status: 'closed' });
    expect((await ledger.read(ended))?.votes).toEqual([]);
  });

  it('of a request that nobody recorded is unknown', async () => {
    expect(await ledger.approve('nowhere', vote('U1'))).toEqual({ status: 'unknown' });
  });
});

describe('approvals at once', () => {
  it.each([
    [2, 1],
    [2, 2],
    [5, 3],
    [20, 1],
    [20, 3],
    [20, 10],
    [20, 20],
  ])('of %i approvers, where %i are needed, make one decision and lose no vote', async (voters, needed) => {
    const id = await pending(needed);
    const votes = Array.from({ length: voters }, (_, index) => vote(`U${index}`));
    const results = await Promise.all(votes.map((each) => ledger.approve(id, each)));
    await expectOneDecision(id, needed, results);
  });

  it('of one approver who clicks ten times count once', async () => {
    const id = await pending(2);
    const results = await Promise.all(Array.from({ length: 10 }, () => ledger.approve(id, vote('U1'))));
    expect(results.filter(({ status }) => status === 'counted')).toHaveLength(1);
    expect(results.filter(({ status }) => status === 'already-voted')).toHaveLength(9);
  });

  it('and a denial make one decision, of which everybody is told', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await pending(2);
      const results = await Promise.all([
        ledger.approve(id, vote('U1')),
        ledger.decide(id, DENIED),
        ledger.approve(id, vote('U2')),
      ]);
      const decision = (await ledger.read(id))?.decision;
      expect(results.filter(({ status }) => status === 'won')).toHaveLength(1);
      for (const result of results) if (result.status === 'lost') expect(result.decision).toEqual(decision);
    }
  });
});

describe('an approval whose answer is lost, and which is therefore written again', () => {
  it('counts once, and is told as what it was', async () => {
    const id = await pending(2);
    const lossy = ledgerOver(repeatedWrites(store));
    expect(await lossy.approve(id, vote('U1'))).toMatchObject({ status: 'counted', missing: 1 });
    expect(await lossy.approve(id, vote('U2'))).toMatchObject({ status: 'won' });
    expect((await ledger.read(id))?.votes).toHaveLength(2);
  });

  it('is told as counted also when the next vote came in between', async () => {
    const id = await pending(3);
    const lossy = ledgerOver(repeatedWrites(store, () => ledger.approve(id, vote('U2'))));
    expect(await lossy.approve(id, vote('U1'))).toMatchObject({ status: 'counted', missing: 1 });
    expect((await ledger.read(id))?.votes).toHaveLength(2);
  });
});

describe('who made the change, found out later', () => {
  it('is stored while nobody has voted, with the number of approvers that it means', async () => {
    const id = await pending(2, UNKNOWN);
    expect(await ledger.storeRequester(id, matched('U9'), 1)).toBe(true);
    expect(await ledger.read(id)).toMatchObject({ requester: matched('U9'), approvalsNeeded: 1 });
    expect(await ledger.approve(id, vote('U1'))).toMatchObject({ status: 'won' });
  });

  it('comes too late after a vote, a decision, or for a request that there is not', async () => {
    const voted = await pending(2, UNKNOWN);
    await ledger.approve(voted, vote('U1'));
    expect(await ledger.storeRequester(voted, matched('U9'), 1)).toBe(false);
    const denied = await pending(2, UNKNOWN);
    await ledger.decide(denied, DENIED);
    expect(await ledger.storeRequester(denied, matched('U9'), 1)).toBe(false);
    expect(await ledger.storeRequester('nowhere', matched('U9'), 1)).toBe(false);
    expect(await ledger.read(voted)).toMatchObject({ requester: UNKNOWN, approvalsNeeded: 2 });
  });

  /** The ledger as one sees it whose every first read is overtaken by this. */
  const overtakenBy = (what: () => Promise<unknown>) => {
    let reads = 0;
    return ledgerOver({
      ...store,
      get: async (key) => {
        const item = await store.get(key);
        if (reads++ === 0) await what();
        return item;
      },
    });
  };

  it('counts for a vote that is cast at the same moment', async () => {
    const id = await pending(2, UNKNOWN);
    const overtaken = overtakenBy(() => ledger.storeRequester(id, matched('U9'), 1));
    expect(await overtaken.approve(id, vote('U1'))).toMatchObject({ status: 'won' });
  });

  it('refuses the requester’s own vote that is cast at the same moment', async () => {
    const id = await pending(2, UNKNOWN);
    const overtaken = overtakenBy(() => ledger.storeRequester(id, matched('U9'), 1));
    await expect(overtaken.approve(id, vote('U9'))).rejects.toMatchObject({ name: 'OwnRequestError' });
    expect(await ledger.read(id)).toMatchObject({ status: 'pending', votes: [] });
  });
});
