import { describe, expect, it } from 'vitest';
import type { Requester } from '../../../workflow/events/change.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { AlsoNamed, ApprovalRequest, RequesterMatch, Vote } from '../../../workflow/ledger/request.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const matched = (slackUserId: string): RequesterMatch => ({
  status: 'matched',
  slackUserId,
  by: 'user-name',
});
const GRACE: Requester = {
  ...{ type: 'IAMUser', label: 'grace (IAM user)', names: ['grace'] },
  arn: 'arn:aws:iam::123456789012:user/grace',
};
const also = (overrides: Partial<AlsoNamed> = {}): AlsoNamed => ({
  ...{ requester: GRACE, match: matched('U0GRACE'), eventId: 'e2', executionArn: 'arn:e2' },
  ...{ at: '2026-03-01T12:01:00.000Z', ...overrides },
});
const vote = (slackUserId: string): Vote => ({
  by: { name: slackUserId, slackUserId },
  via: 'slack',
  at: '2026-03-01T12:02:00.000Z',
});

let count = 0;
async function recorded(overrides: Partial<ApprovalRequest> = {}): Promise<ApprovalRequest> {
  const id = `naming-${++count}`;
  const request = aRequest(id, { document: pack(id), requester: matched('U0DANA'), ...overrides });
  await ledger.record(request);
  return request;
}

describe('more names than are kept', () => {
  const named = (index: number) =>
    also({
      requester: { ...GRACE, label: `n${index}`, names: [`n${index}`], arn: `arn:n${index}` },
      ...{ executionArn: `arn:e${index}`, eventId: `e${index}` },
    });

  it('exclude everybody, whoever has been left out, and whatever is named after that', async () => {
    const { id } = await recorded();
    for (let index = 0; index < 22; index++) {
      expect(await ledger.nameRequester(id, named(index), 1)).toBe('named');
    }
    const request = await ledger.read(id);
    expect(request?.alsoNamed).toHaveLength(20);
    expect(request?.overnamedBy).toBe('arn:e20');
    await expect(ledger.approve(id, vote('U0ADA'))).rejects.toMatchObject({ name: 'TooManyMakersError' });
    const breakGlass = { ...vote('U0DANA'), breakGlass: true };
    await expect(ledger.approve(id, breakGlass)).rejects.toMatchObject({ name: 'TooManyMakersError' });
    expect(await ledger.decide(id, { ...APPROVED, decision: 'denied' })).toMatchObject({ status: 'won' });
  });

  it('fit into one item, however long they are', async () => {
    const { id } = await recorded();
    const long = '𐐷'.repeat(256);
    for (let index = 0; index < 20; index++) {
      const { requester, ...rest } = named(index);
      const user = { name: long, id: long, accessKeyId: long };
      const texts = { label: long, roleArn: long, via: long, sourceIp: long, userAgent: long, user };
      const names = [1, 2, 3].map((part) => `${long.slice(2)}${part}`);
      const worst = {
        ...rest,
        requester: { ...requester, ...texts, names, arn: `${index}${long.slice(2)}` },
      };
      expect(await ledger.nameRequester(id, worst, 1)).toBe('named');
    }
    expect((await ledger.read(id))?.alsoNamed).toHaveLength(20);
  });
});

describe('another name for who made a change', () => {
  it('is kept beside the first', async () => {
    const { id } = await recorded();
    expect(await ledger.nameRequester(id, also(), 1)).toBe('named');
    expect(await ledger.read(id)).toMatchObject({
      requester: matched('U0DANA'),
      alsoNamed: [{ requester: { label: 'grace (IAM user)' }, eventId: 'e2' }],
      approvalsNeeded: 1,
    });
  });

  it('keeps them from approving, by the ledger’s own check', async () => {
    const { id } = await recorded();
    await ledger.nameRequester(id, also(), 1);
    for (const own of ['U0DANA', 'U0GRACE']) {
      await expect(ledger.approve(id, vote(own))).rejects.toMatchObject({ name: 'OwnRequestError' });
    }
    expect(await ledger.approve(id, vote('U0ADA'))).toMatchObject({ status: 'won' });
  });

  it('takes away what they had approved before, and nobody else’s approval', async () => {
    const { id } = await recorded({ approvalsNeeded: 3 });
    await ledger.approve(id, vote('U0GRACE'));
    await ledger.approve(id, vote('U0ADA'));
    await ledger.nameRequester(id, also(), 3);
    expect((await ledger.read(id))?.votes).toMatchObject([{ by: { slackUserId: 'U0ADA' } }]);
    expect(await ledger.approve(id, vote('U0SAM'))).toMatchObject({ status: 'counted', missing: 1 });
  });

  it('takes away the only approval', async () => {
    const { id } = await recorded({ approvalsNeeded: 2 });
    await ledger.approve(id, vote('U0GRACE'));
    await ledger.nameRequester(id, also(), 2);
    expect((await ledger.read(id))?.votes).toEqual([]);
    expect(await ledger.approve(id, vote('U0ADA'))).toMatchObject({ status: 'counted', missing: 1 });
  });

  it('that is nobody in Slack takes a second approver, until it is somebody', async () => {
    const { id } = await recorded();
    await ledger.nameRequester(id, also({ match: { status: 'unknown', why: 'Slack is down' } }), 1);
    expect(await ledger.read(id)).toMatchObject({ approvalsNeeded: 2 });
    await ledger.nameRequester(id, also({ executionArn: 'arn:e2-again' }), 1);
    expect(await ledger.read(id)).toMatchObject({
      approvalsNeeded: 1,
      alsoNamed: [{ match: matched('U0GRACE'), executionArn: 'arn:e2' }],
    });
  });

  it('is none where it is the first once more, from another address', async () => {
    const { id, change } = await recorded();
    const requester = { ...change.requester, sourceIp: '198.51.100.1' };
    expect(await ledger.nameRequester(id, also({ requester }), 1)).toBe('known');
    expect(await ledger.read(id)).not.toHaveProperty('alsoNamed');
  });

  it('is one where only its source identity differs', async () => {
    const { id, change } = await recorded();
    const requester = { ...change.requester, names: [...change.requester.names, 'ada'] };
    expect(await ledger.nameRequester(id, also({ requester }), 1)).toBe('named');
  });

  it('comes too late once it is decided', async () => {
    const { id } = await recorded();
    await ledger.decide(id, APPROVED);
    expect(await ledger.nameRequester(id, also(), 1)).toBe('ended');
  });

  it('is not lost to an approval at the same moment', async () => {
    const { id } = await recorded();
    const [approval] = await Promise.allSettled([
      ledger.approve(id, vote('U0GRACE')),
      ledger.nameRequester(id, also(), 1),
    ]);
    const request = await ledger.read(id);
    const decided = request?.decision !== undefined;
    expect(approval.status).toBe(decided ? 'fulfilled' : 'rejected');
    expect(request?.alsoNamed === undefined).toBe(decided);
  });

  it('keeps who the first is in Slack from being found out later, which would lower the approvals', async () => {
    const { id } = await recorded({ requester: { status: 'unknown', why: 'down' }, approvalsNeeded: 2 });
    await ledger.nameRequester(id, also(), 1);
    expect(await ledger.storeRequester(id, matched('U0DANA'), 1)).toBe(false);
    expect(await ledger.read(id)).toMatchObject({ approvalsNeeded: 2 });
  });
});

describe('since when a user has its name', () => {
  it('is when the ledger first saw it, whatever comes later', async () => {
    expect(await ledger.seenSince('AIDAONE', 'grace', '2026-03-01T12:00:00.000Z')).toBe(
      '2026-03-01T12:00:00.000Z',
    );
    expect(await ledger.seenSince('AIDAONE', 'Grace', '2026-03-03T12:00:00.000Z')).toBe(
      '2026-03-01T12:00:00.000Z',
    );
  });

  it('is new for another user of the same name, and for the same user under another', async () => {
    const now = '2026-03-04T12:00:00.000Z';
    await ledger.seenSince('AIDATWO', 'ada', '2026-03-01T12:00:00.000Z');
    expect(await ledger.seenSince('AIDATHREE', 'ada', now)).toBe(now);
    expect(await ledger.seenSince('AIDATWO', 'grace', now)).toBe(now);
  });
});
