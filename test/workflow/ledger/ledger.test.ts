import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identityOf } from '../../../workflow/events/identity.ts';
import { pack, sha256, unpack } from '../../../workflow/inspection/packed-document.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { archiveKey, requestKey } from '../../../workflow/ledger/table.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ledgerOfThisFile, startLedger } from '../../support/ledger.ts';
import {
  APPROVAL,
  APPROVED,
  ATTACHMENT,
  aChange,
  aRequest,
  DENIED,
  INLINE,
  MANAGED,
  REVIEWED,
} from '../../support/requests.ts';

const { ledger, tableName, aws } = await ledgerOfThisFile();
const raw = DynamoDBDocumentClient.from(new DynamoDBClient(aws));

let count = 0;
/** A request on a policy that no other test uses. */
function freshRequest(overrides: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const id = `request${++count}`;
  const target = { ...MANAGED, policyArn: `arn:aws:iam::123456789012:policy/policy-${count}` };
  return aRequest(id, { change: aChange({ requestId: id, target }), ...overrides });
}

function sameDocument(request: ApprovalRequest, id: string): ApprovalRequest {
  return { ...request, id, executionArn: `${request.executionArn}-${id}` };
}

const keyOf = ({ change }: ApprovalRequest) => targetKey(change.accountId, change.target);
const CLOSED_AT = '2026-03-01T12:10:00.000Z';

describe('recording a request', () => {
  it('gives back every detail of it', async () => {
    const request = freshRequest();
    const { createdAt, expiresAt, quarantinedAt } = request;
    expect(await ledger.record(request)).toEqual({ status: 'recorded', createdAt, expiresAt, quarantinedAt });
    expect(await ledger.read(request.id)).toEqual(request);
  });

  it('says duplicate when another execution reports the same change again', async () => {
    const request = freshRequest();
    await ledger.record(request);
    const again = { ...request, executionArn: `${request.executionArn}-again` };
    expect(await ledger.record(again)).toEqual({ status: 'duplicate', of: request.id });
  });

  it('says recorded again to the same execution, with the times that stand, so that a retry is no silent end', async () => {
    const request = freshRequest();
    await ledger.record(request);
    const { createdAt, expiresAt, quarantinedAt } = request;
    const later = '2026-03-09T00:00:00.000Z';
    expect(await ledger.record({ ...request, createdAt: later, expiresAt: later })).toEqual({
      status: 'recorded',
      createdAt,
      expiresAt,
      quarantinedAt,
    });
  });

  it('says duplicate for the same document on the same target while a request is pending, and leaves no trace of it', async () => {
    const request = freshRequest();
    await ledger.record(request);
    const second = sameDocument(request, `${request.id}-second`);
    expect(await ledger.record(second)).toEqual({ status: 'duplicate', of: request.id });
    expect(await ledger.read(second.id)).toBeUndefined();
    expect((await ledger.list('pending', 1000)).map(({ id }) => id)).not.toContain(second.id);
  });

  it.each([
    ['approved', APPROVED],
    ['denied', DENIED],
  ])('records the same document anew once the earlier request is %s', async (_, decision) => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.decide(request.id, decision);
    const second = sameDocument(request, `${request.id}-second`);
    expect(await ledger.record(second)).toMatchObject({ status: 'recorded' });
  });

  it('records another document on the same target as a request of its own', async () => {
    const request = freshRequest();
    await ledger.record(request);
    const other = { ...sameDocument(request, `${request.id}-other`), document: pack('{"Statement":[]}') };
    expect(await ledger.record(other)).toMatchObject({ status: 'recorded' });
  });

  it('asks once about what could not be read on one target: it may be the same', async () => {
    const { document: _, ...request } = freshRequest();
    await ledger.record(request);
    const second = sameDocument(request, `${request.id}-second`);
    expect(await ledger.record(second)).toEqual({ status: 'duplicate', of: request.id });
  });

  it('keeps a document of 131,072 characters byte for byte', async () => {
    const characters = Array.from({ length: 131_072 }, (_, i) => String.fromCharCode(32 + ((i * 7919) % 95)));
    const document = characters.join('');
    const request = freshRequest({ document: pack(document) });
    await ledger.record(request);
    const found = await ledger.read(request.id);
    expect(found?.document && unpack(found.document)).toBe(document);
  });
});

describe('the task token', () => {
  it('is handed on with the decision, and is in no request that is read', async () => {
    const request = freshRequest();
    await ledger.record(request);
    expect(await ledger.storeTaskToken(request, 'token-1')).toEqual({ status: 'stored' });
    expect(await ledger.storeTaskToken(request, 'token-2')).toEqual({ status: 'stored' });
    expect(JSON.stringify(await ledger.read(request.id))).not.toContain('token-');
    const result = await ledger.decide(request.id, APPROVED);
    expect(result).toMatchObject({ status: 'won', taskToken: 'token-2' });
    expect(JSON.stringify('request' in result && result.request)).not.toContain('token-');
    expect(JSON.stringify(await ledger.list('decided', 1000))).not.toContain('token-');
  });

  it('is refused once there is a decision, and the decision is told instead', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.decide(request.id, DENIED);
    expect(await ledger.storeTaskToken(request, 'late')).toEqual({ status: 'decided', decision: DENIED });
    expect(await ledger.decide(request.id, APPROVED)).toMatchObject({ status: 'lost', taskToken: undefined });
  });

  it('is refused once the request is closed', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.close(request.id, 'gone', 'It was deleted.', CLOSED_AT);
    expect(await ledger.storeTaskToken(request, 'late')).toEqual({ status: 'closed' });
  });

  it('is an error for a request that was never recorded', async () => {
    await expect(ledger.storeTaskToken(aRequest('nobody'), 't')).rejects.toMatchObject({
      name: 'UnknownRequestError',
    });
  });

  it('is gone from the table once the request is closed', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.storeTaskToken(request, 'token-of-the-past');
    await ledger.close(request.id, 'expired', 'It is out.', CLOSED_AT);
    const { Item } = await raw.send(new GetCommand({ TableName: tableName, Key: requestKey(request.id) }));
    expect(JSON.stringify(Item)).not.toContain('token-of-the-past');
  });
});

describe('deciding', () => {
  it('succeeds once; everyone else is told whose decision it was', async () => {
    const request = freshRequest();
    await ledger.record(request);
    const attempts = Array.from({ length: 8 }, (_, i) => ({
      ...(i % 2 === 0 ? APPROVED : DENIED),
      by: { name: `person ${i}` },
    }));
    const results = await Promise.all(attempts.map((attempt) => ledger.decide(request.id, attempt)));
    const winners = results.flatMap((result, i) => (result.status === 'won' ? [attempts[i]] : []));
    expect(winners).toHaveLength(1);
    for (const result of results) {
      expect('request' in result && result.request.decision).toEqual(winners[0]);
      if (result.status === 'lost') expect(result.decision).toEqual(winners[0]);
    }
  });

  it('answers unknown for a request that was never recorded', async () => {
    expect(await ledger.decide('nobody', APPROVED)).toEqual({ status: 'unknown' });
  });

  it('answers closed for a request that ended undecided', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.close(request.id, 'superseded', 'Somebody changed it.', CLOSED_AT);
    expect(await ledger.decide(request.id, APPROVED)).toMatchObject({
      status: 'closed',
      request: { outcome: 'superseded' },
    });
    expect((await ledger.read(request.id))?.decision).toBeUndefined();
  });

  it('still tells the decision after the request is closed', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.decide(request.id, APPROVED);
    await ledger.close(request.id, 'approved', 'It is back.', CLOSED_AT);
    expect(await ledger.decide(request.id, DENIED)).toMatchObject({ status: 'lost', decision: APPROVED });
  });
});

describe('closing', () => {
  it('keeps the first outcome, however often it is told', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.close(request.id, 'gone', 'It was deleted.', CLOSED_AT);
    await ledger.close(request.id, 'failed', 'Something else.', '2026-03-01T13:00:00.000Z');
    expect(await ledger.read(request.id)).toMatchObject({
      status: 'closed',
      outcome: 'gone',
      outcomeDetail: 'It was deleted.',
      closedAt: CLOSED_AT,
    });
  });

  it('of a request that was never recorded makes none', async () => {
    await ledger.close('never-recorded', 'failed', 'Quarantine failed.', CLOSED_AT);
    expect(await ledger.read('never-recorded')).toBeUndefined();
  });

  it('frees the document for a new request', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.close(request.id, 'gone', 'It was deleted.', CLOSED_AT);
    expect(await ledger.record(sameDocument(request, `${request.id}-second`))).toMatchObject({
      status: 'recorded',
    });
  });
});

describe('an approval', () => {
  it('is found for exactly this document on this target', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.approve(request.id, APPROVAL);
    const found = {
      requestId: request.id,
      at: APPROVED.at,
      by: 'Robin',
      carriedOut: false,
      makers: [identityOf(request.change.requester)],
    };
    expect(await ledger.findApproval(keyOf(request), sha256(REVIEWED))).toEqual(found);
    expect(await ledger.findApproval(keyOf(request), sha256(`${REVIEWED} `))).toBeUndefined();
    expect(await ledger.findApproval(keyOf(freshRequest()), sha256(REVIEWED))).toBeUndefined();
  });

  it('is of a document that was asked about there, under whatever name: of no other one there is any', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.approve(request.id, APPROVAL);
    expect(await ledger.reviewedOn(keyOf(request))).toEqual(new Set([sha256(REVIEWED)]));
    const [formerly, now] = [`alice-${request.id}`, `alicia-${request.id}`];
    const under = (entityName: string) =>
      ({ type: 'inline-policy', entity: 'user', entityName, policyName: 'clean-up' }) as const;
    const asked = aRequest(`${request.id}-inline`, {
      change: { ...request.change, target: under(formerly) },
    });
    await ledger.record(asked);
    const at = request.createdAt;
    await ledger.keepRename({ entity: 'user', formerly, now, id: 'AIDA1', at });
    const key = targetKey(request.change.accountId, under(now));
    expect(await ledger.reviewedOn(key)).toEqual(new Set([asked.document?.sha256]));
    expect(await ledger.reviewedOn(keyOf(freshRequest()))).toEqual(new Set());
  });

  it('outlives the request it came from', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.approve(request.id, APPROVAL);
    await ledger.close(request.id, 'approved', 'It is back.', CLOSED_AT);
    expect(await ledger.findApproval(keyOf(request), sha256(REVIEWED))).toBeDefined();
  });

  it.each([
    ['pending', undefined],
    ['denied', DENIED],
  ])('is not found while the request is %s', async (_, decision) => {
    const request = freshRequest();
    await ledger.record(request);
    if (decision) await ledger.decide(request.id, decision);
    expect(await ledger.findApproval(keyOf(request), sha256(REVIEWED))).toBeUndefined();
  });

  it('is void from the moment the same document is asked about again, and stays so if that is denied', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.approve(request.id, APPROVAL);
    const second = sameDocument(request, `${request.id}-second`);
    await ledger.record(second);
    expect(await ledger.findApproval(keyOf(request), sha256(REVIEWED))).toBeUndefined();
    await ledger.decide(second.id, DENIED);
    expect(await ledger.findApproval(keyOf(request), sha256(REVIEWED))).toBeUndefined();
  });
});

describe('finding what is pending', () => {
  it('finds the request that reviews a document until it is decided', async () => {
    const request = freshRequest();
    await ledger.record(request);
    expect(await ledger.findPending(keyOf(request), sha256(REVIEWED))).toBe(request.id);
    await ledger.decide(request.id, DENIED);
    expect(await ledger.findPending(keyOf(request), sha256(REVIEWED))).toBeUndefined();
  });

  it('keeps a version under review until its decision has been carried out', async () => {
    const request = freshRequest();
    const arn = request.change.target.type === 'managed-policy' ? request.change.target.policyArn : '';
    await ledger.record(request);
    expect(await ledger.versionsUnderReview(arn)).toEqual(['v1']);
    expect(await ledger.versionsUnderReview(arn.toUpperCase())).toEqual(['v1']);
    await ledger.decide(request.id, APPROVED);
    expect(await ledger.versionsUnderReview(arn)).toEqual(['v1']);
    await ledger.close(request.id, 'approved', 'It is back.', CLOSED_AT);
    expect(await ledger.versionsUnderReview(arn)).toEqual([]);
  });

  it.each([
    ['an inline policy', INLINE],
    ['an attachment', ATTACHMENT],
  ])('records a request on %s, which has no version to review', async (_, target) => {
    const id = `request${++count}`;
    await ledger.record(aRequest(id, { change: aChange({ requestId: id, target }) }));
    expect((await ledger.read(id))?.change.target).toEqual(target);
    expect(await ledger.versionsUnderReview('arn:aws:iam::aws:policy/AdministratorAccess')).toEqual([]);
  });

  it('lists requests by status, newest first, up to a limit', async () => {
    const { ledger, stop } = await startLedger();
    onTestFinished(stop);
    for (const [id, createdAt] of [
      ['b', '2026-03-01T12:00:02.000Z'],
      ['a', '2026-03-01T12:00:01.000Z'],
      ['c', '2026-03-01T12:00:03.000Z'],
    ] as const) {
      await ledger.record({ ...aRequest(id, { document: pack(id) }), createdAt });
    }
    const ids = async (...query: Parameters<Ledger['list']>) =>
      (await ledger.list(...query)).map(({ id }) => id);
    expect(await ids('pending', 10)).toEqual(['c', 'b', 'a']);
    expect(await ids('pending', 2)).toEqual(['c', 'b']);
    await ledger.decide('b', DENIED);
    expect(await ids('pending', 10)).toEqual(['c', 'a']);
    expect(await ids('decided', 10)).toEqual(['b']);
    await ledger.close('b', 'denied', 'It is out.', CLOSED_AT);
    expect(await ids('closed', 10)).toEqual(['b']);
    expect(await ids('decided', 10)).toEqual([]);
  });
});

describe('where a request was told', () => {
  it('remembers the Slack message and the e-mail', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.storeSlackMessage(request.id, { channel: 'C1', ts: '1.2' });
    await ledger.storeEmailed(request.id, CLOSED_AT);
    expect(await ledger.read(request.id)).toEqual({
      ...request,
      slack: { channel: 'C1', ts: '1.2' },
      emailedAt: CLOSED_AT,
    });
  });

  it('is an error for a request that was never recorded', async () => {
    await expect(ledger.storeSlackMessage('nobody', { channel: 'C1', ts: '1.2' })).rejects.toMatchObject({
      name: 'UnknownRequestError',
    });
  });
});

describe('the audit trail', () => {
  it('keeps every entry of a request in the order of time', async () => {
    const at = (second: number) => `2026-03-01T12:00:0${second}.000Z`;
    await ledger.audit({
      at: at(2),
      event: 'decision.refused',
      requestId: 'audited',
      detail: 'not an approver',
    });
    await ledger.audit({ at: at(1), event: 'request.recorded', requestId: 'audited', detail: 'quarantined' });
    await ledger.audit({
      at: at(2),
      event: 'decision.refused',
      requestId: 'audited',
      detail: 'not an approver',
    });
    const trail = await ledger.auditTrail('audited');
    expect(trail.map(({ event }) => event)).toEqual([
      'request.recorded',
      'decision.refused',
      'decision.refused',
    ]);
    expect(trail[0]).toEqual({
      at: at(1),
      event: 'request.recorded',
      requestId: 'audited',
      detail: 'quarantined',
    });
  });

  it('keeps attempts that belong to no request, and tells the newest of all', async () => {
    await ledger.audit({ at: '2027-01-01T00:00:00.000Z', event: 'signature.refused', detail: 'stale' });
    await ledger.audit({
      at: '2027-01-01T00:00:01.000Z',
      event: 'link.refused',
      requestId: 'x',
      detail: 'forged',
    });
    const recent = await ledger.recentAudit(2);
    expect(recent.map(({ event }) => event)).toEqual(['link.refused', 'signature.refused']);
  });

  it('does not mix up entries with the request itself', async () => {
    const request = freshRequest();
    await ledger.record(request);
    await ledger.audit({ at: CLOSED_AT, event: 'decision.refused', requestId: request.id, detail: 'no' });
    expect(await ledger.read(request.id)).toEqual(request);
    expect(await ledger.auditTrail(request.id)).toHaveLength(1);
  });
});

describe('the archive', () => {
  it('keeps the versions of a policy apart from those of its namesake that was deleted', async () => {
    const arn = 'arn:aws:iam::123456789012:policy/reborn';
    const documents = [pack('{"Statement":[]}'), pack(REVIEWED)] as const;
    for (const document of documents) await ledger.archiveVersion(arn, 'v1', document, CLOSED_AT);
    for (const document of documents) {
      const Key = archiveKey(arn, 'v1', document.sha256);
      const { Item } = await raw.send(new GetCommand({ TableName: tableName, Key }));
      expect(Item?.document).toEqual(document);
    }
  });
});

describe('a corrupt item', () => {
  const corrupt = async (id: string, changes: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(changes)) {
      await raw.send(
        new UpdateCommand({
          TableName: tableName,
          Key: requestKey(id),
          UpdateExpression: 'SET #name = :value',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    }
  };

  it.each([
    ['a decision that is no decision', { status: 'decided', decision: { decision: 'yes' } }],
    ['decided without a decision', { status: 'decided' }],
    ['an approval on a pending request', { decision: APPROVED }],
    ['closed without an outcome', { status: 'closed' }],
    ['another request', { id: 'somebody-else' }],
    ['a task token that is no text', { taskToken: 7 }],
  ])('is a named error, never a decision: %s', async (_, changes) => {
    const request = freshRequest();
    await ledger.record(request);
    await corrupt(request.id, changes);
    const error = {
      name: 'CorruptLedgerItemError',
      message: expect.stringContaining(`request#${request.id}`),
    };
    await expect(ledger.read(request.id)).rejects.toMatchObject(error);
    await expect(ledger.findApproval(keyOf(request), sha256(REVIEWED))).rejects.toMatchObject(error);
  });

  it('does not let a pointer to another target pass for an approval', async () => {
    const approved = freshRequest();
    await ledger.record(approved);
    await ledger.approve(approved.id, APPROVAL);
    const elsewhere = keyOf(freshRequest());
    await raw.send(
      new PutCommand({
        TableName: tableName,
        Item: {
          pk: `document#${elsewhere}`,
          sk: sha256(REVIEWED),
          requestId: approved.id,
          draftId: 'd',
          nonce: 'n',
        },
      }),
    );
    expect(await ledger.findApproval(elsewhere, sha256(REVIEWED))).toBeUndefined();
  });
});
