import { describe, expect, it } from 'vitest';
import {
  alreadyDecided,
  describeDecision,
  describeOutcome,
} from '../../../../bot/media/wording/describe-outcome.ts';
import type { Decision, Outcome, Vote } from '../../../../workflow/ledger/request.ts';
import { APPROVED, aRequest, DENIED } from '../../../support/requests.ts';

const BY_LINK: Decision = {
  ...DENIED,
  by: {
    name: 'someone with the e-mail link',
    email: { text: '“decide” of noon to a@b.example', sourceIp: '203.0.113.9' },
  },
  via: 'email',
};
const BY_OLD_LINK: Decision = { ...BY_LINK, by: { name: 'someone with the e-mail link' } };
const vote = (name: string, more: Partial<Vote> = {}): Vote => ({
  ...{ by: { name }, via: 'slack', at: APPROVED.at },
  ...more,
});
const EXPIRED: Decision = { ...DENIED, decision: 'expired', by: { name: 'nobody' }, via: 'timeout' };
const closedAt = '2026-03-01T12:10:00.000Z';

describe('a decision', () => {
  it.each([
    [APPROVED, 'Approved by Robin in Slack'],
    [
      BY_LINK,
      'Denied by someone with the e-mail link through the e-mail “decide” of noon to a@b.example, from the address 203.0.113.9',
    ],
    [BY_OLD_LINK, 'Denied by someone with the e-mail link through an e-mail'],
    [
      { ...APPROVED, breakGlass: true },
      'Approved by Robin, who is also the requester (break glass), in Slack',
    ],
    [EXPIRED, 'Expired: nobody decided in time'],
    [{ ...APPROVED, by: { name: 'Robin\n\u202E' } }, 'Approved by Robin \\u{202e} in Slack'],
  ])('says who made it, and where', (decision, words) => {
    expect(describeDecision(decision)).toBe(words);
  });

  it('names everybody whose approval made it', () => {
    const link = vote('someone', { by: { name: 'someone' }, via: 'email' });
    expect(describeDecision(APPROVED, [vote('Ada'), link, vote('Robin')])).toBe(
      'Approved by Ada and Robin in Slack and someone through an e-mail',
    );
    expect(describeDecision(APPROVED, [vote('Dana', { breakGlass: true }), vote('Robin')])).toBe(
      'Approved by Robin and Dana, who is also the requester (break glass), in Slack',
    );
    expect(describeDecision(DENIED, [vote('Ada')])).toBe('Denied by Sam in Slack');
  });

  it('is told to whoever comes second, with its time', () => {
    expect(alreadyDecided(APPROVED)).toBe(
      'Nothing was changed by this: it had been approved by Robin in Slack on 2026-03-01 12:05:00 UTC.',
    );
    expect(alreadyDecided(EXPIRED)).toBe(
      'Nothing was changed by this: the request had expired on 2026-03-01 12:06:00 UTC.',
    );
  });
});

describe('a further click on what is decided', () => {
  const ROBIN = 'U0ROBIN';

  it('is no failure to whoever has decided it, alone or with others', () => {
    expect(alreadyDecided(DENIED, [], DENIED.by.slackUserId)).toBe(
      'Your decision stands: denied by Sam in Slack on 2026-03-01 12:06:00 UTC.',
    );
    const votes = [vote('Robin', { by: { name: 'Robin', slackUserId: ROBIN } }), vote('Ada')];
    expect(alreadyDecided({ ...APPROVED, by: { name: 'Ada' } }, votes, ROBIN)).toMatch(
      /^Your decision stands: approved by Robin and Ada in Slack on /,
    );
  });

  it.each([
    ['of somebody else', DENIED, 'U0OTHER'],
    ['of somebody whose approval a denial has overruled', DENIED, ROBIN],
    ['of somebody unknown', { ...DENIED, by: { name: 'Sam' } }, undefined],
    ['on what has expired', EXPIRED, ROBIN],
  ])('changes nothing, and says so: %s', (_, decision, who) => {
    const votes = [vote('Robin', { by: { name: 'Robin', slackUserId: ROBIN } })];
    expect(alreadyDecided(decision, votes, who)).toMatch(/^Nothing was changed by this: /);
  });
});

describe('the outcome of a request', () => {
  it('is none while it waits', () => {
    expect(describeOutcome(aRequest('r1'))).toBeUndefined();
  });

  it('does not say that a decision has happened before it has', () => {
    const decided = aRequest('r1', {
      status: 'decided',
      decision: { ...APPROVED, reason: 'planned\nclean-up' },
    });
    expect(describeOutcome(decided)).toMatchObject({
      kind: 'decided',
      headline: 'Approved by Robin in Slack',
      detail: 'It will be carried out as soon as possible.',
      reason: 'planned\nclean-up',
      at: { text: '2026-03-01 12:05:00 UTC' },
      took: '4 min 56 s',
    });
  });

  it.each<[Outcome, Decision | undefined, string]>([
    ['approved', APPROVED, 'Approved by Robin in Slack: the grant has been put back'],
    ['denied', DENIED, 'Denied by Sam in Slack: the removal is final'],
    ['expired', EXPIRED, 'Expired: nobody decided in time, the removal is final'],
    [
      'superseded',
      APPROVED,
      'Approved by Robin in Slack, then superseded: something else had changed meanwhile, so nothing was overwritten',
    ],
    [
      'superseded',
      undefined,
      'Not decided, then superseded: something else had changed meanwhile, so nothing was overwritten',
    ],
    ['gone', DENIED, 'Denied by Sam in Slack, but gone: it had been deleted meanwhile'],
    ['failed', undefined, 'Not decided, then failed: a person has to look'],
  ])('%s says by whose decision', (outcome, decision, headline) => {
    const outcomeDetail = 'Version v1 is in force again.';
    const request = aRequest('r1', { status: 'closed', decision, outcome, outcomeDetail, closedAt });
    expect(describeOutcome(request)).toMatchObject({ kind: outcome, headline, detail: outcomeDetail });
  });

  it.each([
    ['that had no room', { outcome: 'no-room' }, 'Make room for it; then an approver has it put back with'],
    ['that was asked about twice', { outcome: 'superseded', toOpen: true }, 'only when an approver says'],
  ] as const)('says of one %s how to go on', (_which, ended, words) => {
    const outcomeDetail = 'It was not put back.';
    const request = aRequest('r1', {
      status: 'closed',
      decision: APPROVED,
      outcomeDetail,
      closedAt,
      ...ended,
    });
    const { detail } = describeOutcome(request) ?? {};
    expect(detail).toContain(`${outcomeDetail} `);
    expect(detail).toContain(words);
    expect(detail).toMatch(/\/policy-guard resume r1$/);
  });

  it('is dated by its end where nobody decided', () => {
    const request = aRequest('r1', {
      status: 'closed',
      outcome: 'gone',
      outcomeDetail: 'It is gone.',
      closedAt,
    });
    expect(describeOutcome(request)?.at.text).toBe('2026-03-01 12:10:00 UTC');
  });
});
