import { expect, it } from 'vitest';
import type { OpenRequest } from '../../../workflow/ledger/open-requests.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { resume } from '../../../workflow/steps/resume.ts';
import { nextTry, readStillInForce } from '../../../workflow/steps/still-in-force.ts';
import { APPROVED, aChange, aRequest, DENIED } from '../../support/requests.ts';

const now = new Date('2026-03-01T14:00:00.000Z');
const nudgeRules = { reminderSeconds: 3_600, adminEmailSeconds: 43_200 };
const EXECUTION = aRequest('r1').executionArn;

function step(request: Partial<ApprovalRequest> | undefined, more: Partial<OpenRequest> = {}) {
  const open = request && { request: aRequest('r1', request), handovers: 1, ...more };
  const readOpen = async () => open;
  return resume({ ledger: { readOpen }, now, nudgeRules }, { requestId: 'r1', executionArn: EXECUTION });
}

it.each<[string, Partial<ApprovalRequest>, string]>([
  ['waits', {}, 'ask'],
  ['waits beyond its time', { expiresAt: '2026-03-01T13:59:59.000Z' }, 'expire'],
  ['is approved', { status: 'decided', decision: APPROVED }, 'restore'],
  ['is denied', { status: 'decided', decision: DENIED }, 'discard'],
  ['is still in force', { inForceBecause: 'AccessDenied' }, 'quarantine'],
  [
    'is still in force and approved',
    { inForceBecause: 'AccessDenied', status: 'decided', decision: APPROVED },
    'restore',
  ],
  [
    'is still in force, could not be read and is approved',
    { inForceBecause: 'AccessDenied', status: 'decided', decision: APPROVED, document: undefined },
    'announce',
  ],
  [
    'is still in force and denied',
    { inForceBecause: 'AccessDenied', status: 'decided', decision: DENIED },
    'quarantine',
  ],
  [
    'has ended and nobody was told',
    { status: 'closed', decision: DENIED, outcome: 'denied', outcomeDetail: 'Done.' },
    'announce',
  ],
])('a request that %s goes on there', async (_, request, next) => {
  expect(await step(request)).toMatchObject({ next });
});

it('asks again with the nudges that lie behind, and waits for the next', async () => {
  expect(await step({})).toMatchObject({ nudged: 1, wait: { seconds: 3 * 3_600 - 2 * 3_600 + 4 } });
});

it('touches nothing for an execution that the ledger does not name', async () => {
  expect(await step({ executionArn: `${EXECUTION}-other` })).toEqual({
    next: 'nothing',
    reason: 'Another execution works for request r1.',
  });
});

it('is refused where there is no request', async () => {
  await expect(step(undefined)).rejects.toMatchObject({ name: 'PolicyGuard.NoEvent' });
});

it('touches nothing where its end was told', async () => {
  const ended = { status: 'closed', decision: DENIED, outcome: 'denied', outcomeDetail: 'Done.' } as const;
  expect(await step(ended, { announcedAt: '2026-03-01T13:00:00.000Z' })).toMatchObject({ next: 'nothing' });
});

const open = (request: Partial<ApprovalRequest>): OpenRequest => ({
  request: aRequest('r1', request),
  handovers: 0,
});

it.each([
  [10, 30],
  [60, 60],
  [600, 600],
  [3_600, 900],
])('after %i s of trying to quarantine, the next wait is %i s', (tried, seconds) => {
  const startedAt = new Date(now.getTime() - tried * 1_000);
  expect(nextTry(undefined, startedAt, now)).toEqual({ next: 'quarantine', seconds });
});

it('goes on after a denial, stops for an approval, and is unfinished after a day', () => {
  const denied = open({ status: 'decided', decision: DENIED });
  const approved = open({ status: 'decided', decision: APPROVED });
  expect(nextTry(denied, now, now).next).toBe('quarantine');
  expect(nextTry(approved, now, now).next).toBe('left');
  expect(nextTry(denied, new Date(now.getTime() - 86_400_000), now).next).toBe('unfinished');
});

it('reads what it can of any state', () => {
  expect(readStillInForce(undefined)).toMatchObject({ trouble: { Error: 'unknown' } });
  const state = { change: aChange(), trouble: { Error: 'AccessDenied', Cause: 'no' }, trying: { next: 1 } };
  expect(readStillInForce(state)).toMatchObject({ change: aChange(), trouble: { Error: 'AccessDenied' } });
});
