import { expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const VOTE = { by: APPROVED.by, via: 'slack', at: APPROVED.at } as const;

let count = 0;
/** People are asked about it while it is in force, and nobody could read it. */
async function unread(): Promise<{
  request: ApprovalRequest;
  document: ReturnType<typeof pack>;
  key: string;
}> {
  const id = `late${++count}`;
  const { document: _document, ...rest } = aRequest(id, { inForceBecause: 'IAM does not answer.' });
  const target = {
    type: 'attachment',
    entity: 'user',
    entityName: id,
    policyArn: `arn:aws:iam::1:policy/${id}`,
  };
  const request = { ...rest, change: { ...rest.change, target } } as ApprovalRequest;
  await ledger.record(request);
  return { request, document: pack(id), key: targetKey(request.change.accountId, request.change.target) };
}

const lateOf = (
  { containment, inspection, expiresAt }: ApprovalRequest,
  document: ReturnType<typeof pack>,
) => ({
  ...{ containment, inspection, expiresAt, document },
  quarantinedAt: '2026-03-01T13:00:00.000Z',
});

it('what was read at last is what people approve, and is found by it', async () => {
  const { request, document, key } = await unread();
  await ledger.storeQuarantined(request.id, lateOf(request, document));
  await ledger.storeQuarantined(request.id, lateOf(request, document));
  expect(await ledger.read(request.id)).toMatchObject({ status: 'pending', document });
  expect(await ledger.read(request.id)).not.toHaveProperty('inForceBecause');
  await ledger.approve(request.id, VOTE);
  expect(await ledger.findApproval(key, document.sha256)).toMatchObject({ requestId: request.id });
  expect(await ledger.mayHavePutBack(key, document.sha256)).toBe(true);
});

it('what was approved before it could be read is no approval of it', async () => {
  const { request, document, key } = await unread();
  await ledger.approve(request.id, VOTE);
  await ledger.storeQuarantined(request.id, lateOf(request, document));
  expect(await ledger.read(request.id)).toMatchObject({ status: 'decided', document });
  expect(await ledger.findApproval(key, document.sha256)).toBeUndefined();
});

it('what another request reviews already stays its own', async () => {
  const { request, document, key } = await unread();
  const other = {
    ...request,
    id: `${request.id}-other`,
    document,
    executionArn: `${request.executionArn}-other`,
  };
  await ledger.record(other);
  await ledger.storeQuarantined(request.id, lateOf(request, document));
  expect(await ledger.findPending(key, document.sha256)).toBe(other.id);
  await ledger.approve(request.id, VOTE);
  expect(await ledger.findApproval(key, document.sha256)).toBeUndefined();
});
