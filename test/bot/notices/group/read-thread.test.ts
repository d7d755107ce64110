import { describe, expect, it } from 'vitest';
import { readThread } from '../../../../bot/notices/group/read-thread.ts';
import type { Ledger } from '../../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { aRequest } from '../../../support/requests.ts';

const slack = { channel: 'C1', ts: '2.2', threadTs: '1.1' };
const waiting = (id: string) => aRequest(id, { slack });
const ended = (id: string) => aRequest(id, { slack, status: 'closed', outcome: 'denied' });
const many = <T>(count: number, make: (id: string) => T) =>
  Array.from({ length: count }, (_, i) => make(`pg-${i}`));

/** Newest first, as the ledger lists them. */
function ledgerOf(byRequester: ApprovalRequest[], pending: ApprovalRequest[] = []) {
  const ledger: Pick<Ledger, 'list' | 'listByRequester'> = {
    listByRequester: async (_, limit) => byRequester.slice(0, limit),
    list: async (_, limit) => pending.slice(0, limit),
  };
  return ledger;
}

describe('the requests of a thread', () => {
  it('are those that stand in it', async () => {
    const elsewhere = aRequest('pg-else', { slack: { ...slack, threadTs: '9.9' } });
    const { requests, ...more } = await readThread(
      ledgerOf([waiting('pg-a'), elsewhere, ended('pg-b')]),
      waiting('pg-a'),
      '1.1',
    );
    expect(requests.map(({ id }) => id)).toEqual(['pg-a', 'pg-b']);
    expect(more).toEqual({ moreWait: false, moreEnded: false });
  });

  it('are found behind many newer ones where they wait', async () => {
    const newer = many(150, (id) => aRequest(id));
    const found = await readThread(ledgerOf(newer, [waiting('pg-old')]), ended('pg-none'), '1.1');
    expect(found.requests.map(({ id }) => id)).toEqual(['pg-none', 'pg-old']);
    expect(found).toMatchObject({ moreWait: false, moreEnded: true });
  });

  it('are what they are known to be, though the list of what waits lags behind', async () => {
    const newest = many(100, ended);
    const lagging = [waiting('pg-5'), waiting('pg-now')];
    const { requests } = await readThread(ledgerOf(newest, lagging), ended('pg-now'), '1.1');
    expect(requests).toHaveLength(101);
    expect(requests.filter(({ status }) => status === 'pending')).toEqual([]);
  });

  it('may be more where the list of what waits is full too', async () => {
    const others = many(300, (id) => aRequest(`other-${id}`));
    expect(await readThread(ledgerOf(many(100, ended), others), ended('pg-0'), '1.1')).toMatchObject({
      moreWait: true,
      moreEnded: true,
    });
  });
});
