import { describe, expect, it } from 'vitest';
import { singleCases } from './single-cases.ts';

const played = (story: string) => ({ family: 'no fault', id: story, containment: 'inline', story }) as const;
const call = (id: string, run: number) => ({
  ...{ id, run, reads: /Get|List/.test(id), at: 0, fate: 'answer' as const },
});

const CALLS = [
  call('contain.quarantine iam:GetUser #1', 0),
  call('contain.quarantine iam:PutUserPolicy #1', 0),
  call('reconcile.reconcile states:ListExecutions #1', 1),
  call('reconcile.reconcile states:ListExecutions #2', 2),
  call('notify.remind slack:chat.update #1', 3),
  call('reconcile.reconcile states:ListExecutions #3', 4),
  call('reconcile.sweep dynamodb:PutItem inventory #1', 5),
];

const kindsAt = (story: string, at: string) =>
  singleCases([{ played: played(story), calls: CALLS, callsUntilAsked: 2 }])
    .filter(({ faults }) => faults?.[0]?.at === at)
    .map(({ faults }) => faults?.[0]?.kind);

const ANY = ['throttled once', 'throttled for long', '500', 'reset', 'time-out', 'hung'];

describe('the singles', () => {
  it('let a function die before it does anything, and with each write done', () => {
    expect(kindsAt('approve', 'contain.quarantine iam:GetUser #1')).toEqual([
      ...ANY,
      'denied for good',
      'killed before',
    ]);
    expect(kindsAt('approve', 'contain.quarantine iam:PutUserPolicy #1')).toEqual([
      ...ANY,
      'done, answer lost',
      'denied for good',
      'killed during',
    ]);
  });

  it('leave out a run that does what one before it did, unless somebody has written meanwhile', () => {
    const again = (nth: number) =>
      kindsAt('expire', `reconcile.reconcile states:ListExecutions #${nth}`).length;
    expect([again(1), again(2), again(3)]).toEqual([8, 0, 8]);
  });

  it.each([
    ['deny', 'contain.quarantine iam:GetUser #1', false],
    ['deny', 'notify.remind slack:chat.update #1', true],
    ['approve', 'contain.quarantine iam:GetUser #1', true],
    ['approve', 'reconcile.sweep dynamodb:PutItem inventory #1', false],
    ['found', 'contain.quarantine iam:GetUser #1', true],
    ['found', 'notify.remind slack:chat.update #1', false],
  ])('of %s have %s, unless another story has it: %s', (story, at, has) => {
    expect(kindsAt(story, at).length > 0).toBe(has);
  });
});
