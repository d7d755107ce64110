import { afterEach, describe, expect, it, vi } from 'vitest';
import { identifyRequester } from '../../../bot/approvers/identify-requester.ts';
import { knowRequester } from '../../../bot/notify/know-requester.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import { aRequest } from '../../support/requests.ts';
import { fakeDeps } from './fake-deps.ts';
import { MATCHED } from './recorded.ts';

vi.mock('../../../bot/approvers/identify-requester.ts', () => ({ identifyRequester: vi.fn() }));
afterEach(() => vi.mocked(identifyRequester).mockReset());

const unknown = { status: 'unknown', why: 'Slack did not answer.' } as const;
const request = aRequest('r1', { requester: unknown, approvalsNeeded: 2 });

function withLedger(storeRequester: Ledger['storeRequester']) {
  return fakeDeps({ storeRequester } as Ledger).deps;
}

describe('asking again who the requester is', () => {
  it('stores whom it has found, and how many approvers that takes', async () => {
    vi.mocked(identifyRequester).mockResolvedValue({ requester: MATCHED, approvalsNeeded: 1 });
    const stored: unknown[] = [];
    const deps = withLedger(async (...args) => stored.push(args) > 0);
    expect(await knowRequester(deps, request)).toMatchObject({ requester: MATCHED, approvalsNeeded: 1 });
    expect(stored).toEqual([['r1', MATCHED, 1]]);
  });

  it('is not done where Slack has answered before', async () => {
    const known = aRequest('r1', { requester: { status: 'unmatched', why: 'Nobody.' } });
    expect(
      await knowRequester(
        withLedger(async () => true),
        known,
      ),
    ).toBe(known);
    expect(identifyRequester).not.toHaveBeenCalled();
  });

  it.each([
    ['Slack does not answer again', { requester: unknown, approvalsNeeded: 2 }, async () => true],
    ['somebody has voted meanwhile', { requester: MATCHED, approvalsNeeded: 1 }, async () => false],
    [
      'the ledger is away',
      { requester: MATCHED, approvalsNeeded: 1 },
      () => Promise.reject(new Error('away')),
    ],
  ])('changes nothing when %s', async (_, identified, storeRequester) => {
    vi.mocked(identifyRequester).mockResolvedValue(identified);
    expect(await knowRequester(withLedger(storeRequester), request)).toBe(request);
  });
});
