import { describe, expect, it } from 'vitest';
import { describeEscalation } from '../../../../bot/notices/escalation/words.ts';
import { APPROVED, aChange, DENIED } from '../../../support/requests.ts';
import { WORST } from '../../../support/worst-requests.ts';

const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard:e1';
const failure = { Error: 'AccessDenied', Cause: 'not allowed' };

describe('an escalation', () => {
  it('says at once when the grant may still be in force', () => {
    const view = describeEscalation({ change: aChange(), quarantined: false, failure, executionArn });
    expect(view).toMatchObject({
      title: 'Policy Guard could NOT take a grant out of force',
      danger: 'The grant may still be in force right now.',
      failure: 'AccessDenied: not allowed',
      change: { policyName: 'my-bad-policy' },
      executionUrl: expect.stringContaining(encodeURIComponent(executionArn)),
    });
  });

  it('says administrator where single actions would hide it', () => {
    const inspection = WORST['a full administrator']?.inspection;
    const change = { change: aChange(), ...(inspection && { inspection }) };
    const view = describeEscalation({ ...change, quarantined: false, failure, executionArn });
    expect(view.change?.title).toMatch(
      /created the policy my-bad-policy, which would be full administrator$/,
    );
  });

  it.each([
    [undefined, 'what should happen next has failed'],
    [DENIED, 'is denied, but making the removal final has failed'],
    [APPROVED, 'it may be in force or not'],
  ])('says what is known once quarantine has succeeded', (decision, danger) => {
    const view = describeEscalation({ quarantined: true, decision, failure, executionArn });
    expect(view.danger).toContain(danger);
    expect(view).not.toHaveProperty('change');
  });

  it('does not cry wolf when only the announcement has failed', () => {
    const ending = { outcome: 'approved', detail: 'Version v1 is in force again.' } as const;
    const view = describeEscalation({ quarantined: true, ending, decision: APPROVED, failure, executionArn });
    expect(view.title).toBe('Policy Guard could not announce how a request ended');
    expect(view.danger).toBe('The grant is back in force, as approved. Version v1 is in force again.');
  });

  it.each([
    ['observed', 'because MODE or its entry says to observe only'],
    ['exempt', 'because its requester is exempt'],
  ] as const)(
    'says that a change which could not be reported is in force as configured: %s',
    (leftAlone, why) => {
      const view = describeEscalation({ quarantined: false, leftAlone, failure, executionArn });
      expect(view.title).toBe('Policy Guard could not report a change that was left alone');
      expect(view.danger).toBe(`The grant is in force: nothing was touched, ${why}.`);
    },
  );

  it.each([
    [
      '{"errorType":"TypeError","errorMessage":"no such policy","trace":["at x"]}',
      'AccessDenied: no such policy',
    ],
    ['{"other":1}', 'AccessDenied: {"other":1}'],
    ['plain\ntext', 'AccessDenied: plain text'],
  ])('tells the message of a failed function without its trace', (Cause, told) => {
    expect(
      describeEscalation({ quarantined: true, failure: { ...failure, Cause }, executionArn }).failure,
    ).toBe(told);
  });

  it('cuts a failure that would fill the message', () => {
    const long = { ...failure, Cause: 'x'.repeat(30_000) };
    expect(
      describeEscalation({ quarantined: true, failure: long, executionArn }).failure.length,
    ).toBeLessThan(700);
  });
});
