import { describe, expect, it } from 'vitest';
import type { Email } from '../../../../bot/media/email/email.ts';
import { describeApprovals } from '../../../../bot/media/wording/describe-approvals.ts';
import { announce } from '../../../../bot/notices/announce.ts';
import type { Covered } from '../../../../bot/notices/payload.ts';
import type { Requester } from '../../../../workflow/events/change.ts';
import { pack } from '../../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest, RequesterMatch } from '../../../../workflow/ledger/request.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { APPROVED, aRequest } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';

const AGAIN = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard:again';

const { ledger } = await ledgerOfThisFile();

let count = 0;
const aFresh = (): ApprovalRequest => {
  const id = `again-${++count}`;
  return aRequest(id, { document: pack(`{"Id":"${id}"}`) });
};

/** What Record says of the same change reported by another execution. */
const reportedAgain = ({ id, change, inspection }: ApprovalRequest): Covered => ({
  ...{ requestId: id, status: 'duplicate', duplicateOf: id, change, inspection },
  executionArn: AGAIN,
});

/** How a change may have ended before it was quarantined again. */
const ENDS: Record<string, (request: ApprovalRequest) => Promise<unknown>> = {
  'Its requester is exempt': (request) => {
    const closed = { status: 'closed', containment: { type: 'none' }, closedAt: request.createdAt } as const;
    return ledger.recordUntouched({ ...request, ...closed, outcome: 'exempt' });
  },
  'the grant has been put back': async (request) => {
    await ledger.record(request);
    await ledger.decide(request.id, APPROVED);
    await ledger.close(request.id, 'approved', 'It is back.', '2026-03-01T12:06:00.000Z');
  },
  'Approved by Robin': async (request) => {
    await ledger.record(request);
    await ledger.decide(request.id, APPROVED);
  },
  'does not hold request': async () => {},
};

describe('a change that was quarantined again after its request had ended', () => {
  it.each(Object.entries(ENDS))('is told to the whole channel and by e-mail: %s', async (how, end) => {
    const request = aFresh();
    await end(request);
    const { deps, heard } = fakeDeps(ledger);
    const ended = await announce(deps, { state: reportedAgain(request), retryCount: 0 });
    expect(ended).toMatchObject({ outcome: 'duplicate', requestId: request.id });
    expect(heard.sent).toMatchObject([
      { to: 'C1', message: { text: expect.stringContaining('<!channel>') } },
    ]);
    const said = JSON.stringify(heard.sent[0]?.message.blocks);
    expect(said).toContain(how);
    expect(said).toContain('make v1 of my-bad-policy the default version again');
    expect(said).not.toContain('What failed');
    const [{ subject, text }] = heard.mailed as [Email];
    expect(subject).toContain('URGENT');
    expect(text.replace(/\s+/g, ' ')).toContain(how);
    expect(await ledger.auditTrail(request.id)).toMatchObject([
      {
        event: 'duplicate.of-ended',
        detail: expect.stringMatching(`${how}.*Told in Slack and by e-mail`),
        executionArn: AGAIN,
      },
    ]);
  });

  it('is content with one way, and fails to be tried again when nobody heard of it', async () => {
    const down = () => Promise.reject(new Error('down'));
    const request = aFresh();
    const { deps, heard } = fakeDeps(ledger, { email: { send: down } });
    await announce(deps, { state: reportedAgain(request), retryCount: 0 });
    expect(heard.sent).toHaveLength(1);
    const slack = { ...deps.slack, post: down };
    await expect(
      announce({ ...deps, slack }, { state: reportedAgain(request), retryCount: 0 }),
    ).rejects.toMatchObject({ name: 'PolicyGuard.NotDelivered' });
  });
});

it('says nothing of the same event delivered twice while its request waits', async () => {
  const request = aFresh();
  await ledger.record(request);
  const { deps, heard } = fakeDeps(ledger);
  await announce(deps, { state: reportedAgain(request), retryCount: 0 });
  expect([...heard.sent, ...heard.mailed]).toEqual([]);
});

describe('an event that names the same user with other credentials', () => {
  const arn = 'arn:aws:iam::123456789012:user/ada';
  const ada = (accessKeyId: string): Requester => ({
    ...{ type: 'IAMUser', label: 'ada (IAM user)', names: ['ada'], arn },
    user: { name: 'ada', id: 'AIDAADA', accessKeyId },
  });
  const MATCHED: RequesterMatch = { status: 'matched', slackUserId: 'U0ADA', by: 'user-name' };

  async function told(match: RequesterMatch) {
    const fresh = aFresh();
    const slack = { channel: 'C1', ts: '1.1' };
    const request = {
      ...{ ...fresh, slack, requester: MATCHED },
      change: { ...fresh.change, requester: ada('AKIAONE') },
    };
    await ledger.record(request);
    const requester = ada('AKIATWO');
    const named = { requester, match, eventId: 'e2', executionArn: AGAIN, at: request.createdAt };
    await ledger.nameRequester(request.id, named, 1);
    const { deps, heard } = fakeDeps(ledger);
    const state = {
      ...reportedAgain(request),
      requestId: 'another',
      change: { ...request.change, requester, eventTime: '2026-03-01T12:10:00Z' },
    };
    await announce(deps, { state, retryCount: 0 });
    const { needed, namedTogether } = describeApprovals((await ledger.read(request.id)) ?? request);
    return { text: heard.sent[0]?.message.text, needed, namedTogether };
  }

  it('names nobody else where they are known to be that person’s', async () => {
    const { text, ...approvals } = await told(MATCHED);
    expect(text).not.toContain('Another event');
    expect(approvals).toEqual({ needed: 1 });
  });

  it('is told to all where the name proves nothing with them', async () => {
    const { text, ...approvals } = await told({
      status: 'unmatched',
      why: 'The key is gone',
      claims: 'U0ADA',
    });
    expect(text).toContain('<!channel> *Another event names ada (IAM user) too, but with other credentials,');
    expect(approvals).toEqual({
      needed: 2,
      namedTogether: ['ada (IAM user)', 'ada (IAM user) with other credentials'],
    });
  });
});

describe('a change that was not seen to bring the grant back', () => {
  async function told(eventTime: string) {
    const request = { ...aFresh(), slack: { channel: 'C1', ts: '1.1' } };
    await ledger.record({ ...request, quarantinedAt: '2026-03-01T12:00:00.500Z' });
    const { deps, heard } = fakeDeps(ledger);
    const change = { ...request.change, eventTime };
    await announce(deps, {
      ...{ state: { ...reportedAgain(request), requestId: 'another', change } },
      retryCount: 0,
    });
    const [{ detail } = { detail: undefined }] = await ledger.auditTrail(request.id);
    return { replies: heard.sent.length, mails: heard.mailed.length, detail };
  }

  it('is told once where it was made after the request took it out', async () => {
    expect(await told('2026-03-01T12:00:01Z')).toMatchObject({ replies: 1, mails: 0 });
  });

  it('is only in the trail where it was made before', async () => {
    expect(await told('2026-03-01T12:00:00Z')).toEqual({
      ...{ replies: 0, mails: 0 },
      detail: expect.stringContaining('it was made before that was taken out of force'),
    });
  });
});
