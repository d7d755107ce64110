import { describe, expect, it } from 'vitest';
import type { ManagedPolicyTarget } from '../../../workflow/events/change.ts';
import { pack, sha256 } from '../../../workflow/inspection/packed-document.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';
import type { Query } from '../../../workflow/ledger/store.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { aChange, aRequest, INLINE, MANAGED } from '../../support/requests.ts';

const { store, ledger } = await ledgerOfThisFile();

const ACCOUNT = '123456789012';
const requesterNamed = (name: string) => ({
  ...aChange().requester,
  arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
});

/** A request whose change took place so many seconds after noon. */
function requestAt(
  second: number,
  who: string,
  target: ApprovalRequest['change']['target'],
): ApprovalRequest {
  const id = `${who}-${second}`;
  const eventTime = new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
  const change = aChange({ requestId: id, eventTime, requester: requesterNamed(who), target });
  return aRequest(id, { change, document: pack(id) });
}

const idsOf = (requests: readonly ApprovalRequest[]) => requests.map(({ id }) => id);

describe('earlier requests', () => {
  const policy: ManagedPolicyTarget = {
    type: 'managed-policy',
    policyArn: `arn:aws:iam::${ACCOUNT}:policy/Of-Old`,
    versionId: 'v1',
  };

  it('on one target are found in any case of its name, the newest change first, up to a limit', async () => {
    for (const second of [2, 1, 3]) await ledger.record(requestAt(second, 'tara', policy));
    const key = targetKey(ACCOUNT, { ...policy, policyArn: policy.policyArn.toUpperCase(), versionId: 'v7' });
    expect(idsOf(await ledger.listByTarget(key, 10))).toEqual(['tara-3', 'tara-2', 'tara-1']);
    expect(idsOf(await ledger.listByTarget(key, 2))).toEqual(['tara-3', 'tara-2']);
  });

  it('by one requester are found whatever they changed, and no one else’s', async () => {
    await ledger.record(requestAt(5, 'rita', INLINE));
    await ledger.record(requestAt(4, 'rita', { ...policy, policyArn: `${policy.policyArn}-2` }));
    await ledger.record(requestAt(6, 'rita2', INLINE));
    expect(idsOf(await ledger.listByRequester(requesterKey(requesterNamed('rita')), 10))).toEqual([
      'rita-5',
      'rita-4',
    ]);
  });

  it('are none where there were none', async () => {
    expect(await ledger.listByTarget('managed|nothing', 10)).toEqual([]);
  });

  it('are named once, also when they were recorded twice, and not for a duplicate', async () => {
    const request = requestAt(7, 'dora', INLINE);
    await ledger.record(request);
    await ledger.record(request);
    await ledger.record({ ...request, executionArn: `${request.executionArn}-again` });
    expect(idsOf(await ledger.listByRequester(requesterKey(request.change.requester), 10))).toEqual([
      'dora-7',
    ]);
  });

  it('are listed as they stand by now', async () => {
    const request = requestAt(8, 'nora', INLINE);
    await ledger.record(request);
    await ledger.close(request.id, 'gone', 'It was deleted.', '2026-03-01T12:10:00.000Z');
    const [found] = await ledger.listByRequester(requesterKey(request.change.requester), 10);
    expect(found).toMatchObject({ status: 'closed', outcome: 'gone' });
  });
});

describe('a change that was left alone', () => {
  const observed = (id: string, outcome: 'observed' | 'exempt' = 'observed') => {
    const target = { ...MANAGED, policyArn: `arn:aws:iam::${ACCOUNT}:policy/${id}` };
    const { quarantinedAt: _, ...request } = aRequest(id, {
      change: aChange({ requestId: id, target, requester: requesterNamed(id) }),
      containment: { type: 'none' },
      status: 'closed',
      outcomeDetail: 'It grants s3:DeleteBucket.',
      closedAt: '2026-03-01T12:00:05.000Z',
    });
    return { ...request, outcome };
  };

  it.each(['observed', 'exempt'] as const)('is kept as %s, among those that have ended', async (outcome) => {
    const request = observed(`left-${outcome}`, outcome);
    await ledger.recordUntouched(request);
    expect(await ledger.read(request.id)).toEqual(request);
    expect(idsOf(await ledger.list('closed', 100))).toContain(request.id);
    expect(idsOf(await ledger.list('pending', 100))).not.toContain(request.id);
    const key = targetKey(ACCOUNT, request.change.target);
    expect(idsOf(await ledger.listByTarget(key, 10))).toEqual([request.id]);
  });

  it('may be kept again, and stays as it was', async () => {
    const request = observed('left-twice');
    await ledger.recordUntouched(request);
    await ledger.recordUntouched({ ...request, outcomeDetail: 'Something else.' });
    expect(await ledger.read(request.id)).toEqual(request);
    expect(await ledger.listByTarget(targetKey(ACCOUNT, request.change.target), 10)).toHaveLength(1);
  });

  it('is no approval, is not under review, and keeps nobody from asking about the same document', async () => {
    const request = observed('left-alone');
    await ledger.recordUntouched(request);
    const key = targetKey(ACCOUNT, request.change.target);
    expect(await ledger.findApproval(key, request.document?.sha256 ?? '')).toBeUndefined();
    expect(await ledger.findPending(key, request.document?.sha256 ?? '')).toBeUndefined();
    expect(await ledger.versionsUnderReview(`arn:aws:iam::${ACCOUNT}:policy/left-alone`)).toEqual([]);
    const later = aRequest('left-alone-later', {
      change: { ...request.change, requestId: 'left-alone-later' },
    });
    expect(await ledger.record(later)).toMatchObject({ status: 'recorded' });
  });

  it('takes neither votes nor decisions', async () => {
    const request = observed('left-for-good');
    await ledger.recordUntouched(request);
    const by = { name: 'Robin', slackUserId: 'U1' };
    const at = '2026-03-01T13:00:00.000Z';
    expect(await ledger.approve(request.id, { by, via: 'slack', at })).toMatchObject({ status: 'closed' });
    expect(await ledger.decide(request.id, { decision: 'approved', by, via: 'slack', at })).toMatchObject({
      status: 'closed',
    });
    expect(
      await ledger.findApproval(targetKey(ACCOUNT, request.change.target), sha256('anything')),
    ).toBeUndefined();
  });

  it('does not overwrite a request that waits for a decision', async () => {
    const request = observed('left-waiting');
    await ledger.record(aRequest(request.id, { document: pack('waiting') }));
    await ledger.recordUntouched(request);
    expect(await ledger.read(request.id)).toMatchObject({ status: 'pending' });
  });
});

it('reads no more than it lists, with 1,000 requests in the history', async () => {
  const requests = Array.from({ length: 1_000 }, (_, second) => requestAt(second, 'pipeline', INLINE));
  for (let from = 0; from < requests.length; from += 50) {
    const some = requests.slice(from, from + 50);
    await Promise.all(some.map((request) => ledger.recordUntouched({ ...request, outcome: 'exempt' })));
  }
  const read: number[] = [];
  const counting = async (query: Query) => {
    const items = await store.query(query);
    read.push(items.length);
    return items;
  };
  const found = await ledgerOver({ ...store, query: counting }).listByRequester(
    requesterKey(requesterNamed('pipeline')),
    20,
  );
  expect(read).toEqual([20]);
  expect(idsOf(found)).toEqual(Array.from({ length: 20 }, (_, index) => `pipeline-${999 - index}`));
});
