import { describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { MOST_REMARKS } from '../../../workflow/ledger/remarks.ts';
import type { ApprovalRequest, Remark } from '../../../workflow/ledger/request.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const remark = (overrides: Partial<Remark> = {}): Remark => ({
  kind: 'question',
  by: { name: 'Ada', slackUserId: 'U0ADA' },
  at: '2026-03-01T12:01:00.000Z',
  text: 'What for?',
  ...overrides,
});
const answer = (text: string) =>
  remark({ kind: 'answer', by: { name: 'Dana', slackUserId: 'U0DANA' }, text });

let count = 0;
async function recorded(): Promise<ApprovalRequest> {
  const id = `remarks-${++count}`;
  const request = aRequest(id, { document: pack(id) });
  await ledger.record(request);
  return request;
}

describe('what is said about a request', () => {
  it('is kept in the request, oldest first', async () => {
    const { id } = await recorded();
    await ledger.addRemark(id, remark());
    const { status } = await ledger.addRemark(id, answer('The migration.'));
    expect(status).toBe('kept');
    expect((await ledger.read(id))?.remarks).toEqual([remark(), answer('The migration.')]);
  });

  it('is kept once when it is sent again, as a repeated click does', async () => {
    const { id } = await recorded();
    await ledger.addRemark(id, remark());
    expect(await ledger.addRemark(id, remark({ at: '2026-03-01T12:01:02.000Z' }))).toMatchObject({
      status: 'kept',
    });
    expect((await ledger.read(id))?.remarks).toHaveLength(1);
  });

  it('loses nothing when several people say something at once', async () => {
    const { id } = await recorded();
    const said = Array.from({ length: 5 }, (_, index) => remark({ text: `${index}?` }));
    await Promise.all(said.map((each) => ledger.addRemark(id, each)));
    expect((await ledger.read(id))?.remarks?.map(({ text }) => text).toSorted()).toEqual(
      said.map(({ text }) => text),
    );
  });

  it('has an end: neither side can take the other’s room', async () => {
    const { id } = await recorded();
    for (let index = 0; index < MOST_REMARKS; index++) await ledger.addRemark(id, answer(`${index}`));
    expect(await ledger.addRemark(id, answer('one more'))).toMatchObject({ status: 'full' });
    expect(await ledger.addRemark(id, remark())).toMatchObject({ status: 'kept' });
  });

  it('is refused once the request is decided, and for a request that nobody knows', async () => {
    const { id } = await recorded();
    await ledger.decide(id, APPROVED);
    expect(await ledger.addRemark(id, remark())).toMatchObject({ status: 'ended' });
    expect(await ledger.addRemark('nobody', remark())).toEqual({ status: 'unknown' });
  });

  it('does not keep a vote from counting', async () => {
    const { id } = await recorded();
    await ledger.addRemark(id, remark());
    const by = { name: 'Ada', slackUserId: 'U0ADA' };
    const voted = await ledger.approve(id, { by, via: 'slack', at: '2026-03-01T12:02:00.000Z' });
    expect(voted).toMatchObject({ request: { remarks: [remark()] } });
  });
});
