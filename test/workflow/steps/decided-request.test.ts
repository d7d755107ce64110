import { describe, expect, it } from 'vitest';
import type { ApprovalRequest, Vote } from '../../../workflow/ledger/request.ts';
import { readDecided } from '../../../workflow/steps/decided-request.ts';
import { APPROVED, aRequest, DENIED } from '../../support/requests.ts';

const vote = (slackUserId: string): Vote => ({
  by: { name: slackUserId, slackUserId },
  via: 'slack',
  at: '2026-03-01T12:04:00.000Z',
});

const readAs = (request: Partial<ApprovalRequest>, wanted: ('approved' | 'denied')[] = ['approved']) =>
  readDecided(
    {
      readOpen: async () => ({
        ...{ request: aRequest('r1', { status: 'decided', ...request }), handovers: 0 },
      }),
    },
    'r1',
    wanted,
    0,
  );

describe('must always hold 1: nothing is put back without its approval', () => {
  it('takes an approval with as many approvers as it needs', async () => {
    const votes = [vote('U1'), vote('U2')];
    expect(await readAs({ decision: APPROVED, approvalsNeeded: 2, votes })).toMatchObject({
      decision: 'approved',
    });
  });

  it.each([
    ['fewer approvers', [vote('U1')]],
    ['one approver twice', [vote('U1'), vote('U1')]],
    ['none', []],
  ])('refuses an approval that needs two and has %s', async (_, votes) => {
    await expect(readAs({ decision: APPROVED, approvalsNeeded: 2, votes })).rejects.toThrow(
      'of the 2 approvers that it needs; nothing was changed',
    );
  });

  it('asks for no votes of a denial', async () => {
    expect(await readAs({ decision: DENIED, approvalsNeeded: 2 }, ['denied'])).toMatchObject({
      decision: 'denied',
    });
  });

  it('refuses what is decided otherwise, or not at all', async () => {
    await expect(readAs({ decision: DENIED })).rejects.toThrow('is denied in the ledger, not approved');
    await expect(readAs({ status: 'pending' })).rejects.toThrow('is not decided in the ledger, not approved');
  });
});
