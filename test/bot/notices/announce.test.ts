import { describe, expect, it } from 'vitest';
import { announce } from '../../../bot/notices/announce.ts';
import type { EndedEarly } from '../../../bot/notices/payload.ts';
import { LedgerUnavailableError } from '../../../workflow/ledger/errors.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { DENIED } from '../../support/requests.ts';
import { fakeDeps } from './fake-deps.ts';
import { recorded } from './recorded.ts';

const { ledger } = await ledgerOfThisFile();

const inForce = () => recorded(ledger, { inForceBecause: 'Throttling', containment: { type: 'none' } });

const endedEarly = (
  { change, inspection, executionArn }: ApprovalRequest,
  overrides: Partial<EndedEarly> = {},
): EndedEarly => ({
  ...{ status: 'gone', detail: 'It is not there any more.', change, inspection, executionArn },
  ...overrides,
});

describe('a change that people were asked about while it could not be taken out of force', () => {
  it.each(['superseded', 'gone', 'approved', 'own-change', 'aws-managed'] as const)(
    'ends for them too when it turns out as %s',
    async (status) => {
      const request = await inForce();
      const { deps, heard } = fakeDeps(ledger);
      const ended = await announce(deps, { state: endedEarly(request, { status }), retryCount: 0 });
      expect(ended).toMatchObject({ outcome: status, requestId: request.id });
      expect(await ledger.read(request.id)).toMatchObject({ status: 'closed', outcome: status });
      expect(heard.ended).toEqual([status]);
    },
  );

  it('ends so as well after a denial, which nothing is left for', async () => {
    const request = await inForce();
    await ledger.decide(request.id, DENIED);
    const { deps } = fakeDeps(ledger);
    await announce(deps, { state: endedEarly(request), retryCount: 0 });
    expect(await ledger.read(request.id)).toMatchObject({ status: 'closed', outcome: 'gone' });
  });

  it('is told all the same while the ledger is away, and ends for them when it is taken up', async () => {
    const request = await inForce();
    const away = async () => {
      throw new LedgerUnavailableError('ledger', new Error('away'));
    };
    const { deps, heard } = fakeDeps({ ...ledger, read: away });
    await announce(deps, { state: endedEarly(request), retryCount: 0 });
    expect(heard.posted).toHaveLength(1);
    expect(await ledger.read(request.id)).toMatchObject({ status: 'pending' });
  });
});

it('leaves a request alone that another execution works for', async () => {
  const request = await inForce();
  const { deps } = fakeDeps(ledger);
  const executionArn = `${request.executionArn}-other`;
  await announce(deps, { state: endedEarly(request, { executionArn }), retryCount: 0 });
  expect(await ledger.read(request.id)).toMatchObject({ status: 'pending' });
});
