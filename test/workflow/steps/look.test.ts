import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { look } from '../../../workflow/steps/look.ts';
import type { FailedInspection } from '../../../workflow/steps/payloads.ts';
import { guard } from '../../support/each-guard.ts';
import { CONTAIN_ROLE_ARN, fixtureEvent } from '../../support/fixture-events.ts';
import { RESTRICTED } from '../../support/guard.ts';
import { BAD, WAYS_IN } from '../../support/ways-in.ts';

const FAILURE = { Error: 'Lambda.Unknown', Cause: 'it broke' };
const RULES = {
  restricted: RESTRICTED,
  mode: 'enforce',
  exemptions: [],
  attachments: 'ask-unless-approved',
  notifyAllowed: false,
  containRoleArn: CONTAIN_ROLE_ARN,
} as const;

const failed = (event: unknown): FailedInspection => ({ verdict: 'restricted', event, failure: FAILURE });

describe.each(WAYS_IN)('after a failed inspection of $eventName', (way) => {
  beforeEach(() => {
    way.prepare(guard.iam);
    way.make(guard.iam);
  });

  it('what goes and what comes instead is known before anything is written, also without the ledger', async () => {
    guard.ledger.down = true;
    const { document, plan, principal } = await look(failed(way.event()), RULES, guard.tools());
    expect(document && unpack(document)).toBe(BAD);
    expect(plan?.type).toBe(way.type);
    expect(principal?.id).toMatch(/^A/);
    expect(guard.iam.calls.every((call) => /^(?:get|list)/.test(call))).toBe(true);
  });

  it('a try whose answer was lost is known for the guard’s own, also without the ledger', async () => {
    guard.ledger.down = true;
    const state = await look(failed(way.event()), RULES, guard.tools());
    const whole = await guard.quarantine(state);
    expect(whole.document && unpack(whole.document)).toBe(BAD);
    const again = await guard.tryQuarantine(state, 1);
    expect(again).toMatchObject({ status: 'quarantined', document: whole.document });
  });
});

it('hands on as it was what does not tell what was changed', async () => {
  const state = failed(fixtureEvent('unwatched-create-user'));
  expect(await look(state, RULES, guard.tools())).toEqual(state);
});
