import { describe, expect, test } from 'vitest';
import {
  ADA,
  BOT,
  DANA,
  DEACTIVATED,
  DEVON,
  ELSEWHERE,
  EXTERNAL,
  GRACE,
  GUEST,
  type GuardedSandbox,
  MARGARET,
  withinSandbox,
} from '../support/guarded-sandbox.ts';

const textOf = (value: unknown) => JSON.stringify(value);

describe.concurrent('who may decide', () => {
  test.each([
    ['a member who is not on the list', DEVON],
    ['a guest, though in an approver group', GUEST],
    ['an external member of a shared channel, though in an approver group', EXTERNAL],
    ['a deactivated person, though in an approver group', DEACTIVATED],
    ['a bot, though in an approver group', BOT],
  ])('not %s: told privately why and who may, and written down', (_, person) =>
    withinSandbox({ APPROVERS: person === DEVON ? 'S0SECURIT' : 'S0SECURIT,S0DEVELOP' }, async (guard) => {
      const request = await guard.held({ caller: 'dana' });
      const { ephemeral } = await guard.click(request, 'approve', person);
      expect(ephemeral).toHaveLength(1);
      expect(textOf(ephemeral)).toContain('<!subteam^S0SECURIT>');
      expect(await guard.isInForce(request)).toBe(false);
      const [refusal] = await guard.sandbox.auditTrail(request.id, 'decision.refused');
      expect(refusal).toMatchObject({
        slackUserId: person,
        eventId: request.change.eventId,
        executionArn: request.executionArn,
      });
    }),
  );

  test('not somebody of another workspace, whose click is refused before anything is looked at', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held();
      expect(await guard.click(request, 'approve', ELSEWHERE)).toMatchObject({ ok: false, status: 403 });
      expect(await guard.isInForce(request)).toBe(false);
      const { audit } = await guard.state();
      expect(audit.some(({ event }) => event === 'workspace.refused')).toBe(true);
    }));

  test('nobody while Slack cannot be asked who they are; the same click decides afterwards', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held();
      await guard.post('/api/faults', { slackLookups: 'down' });
      expect((await guard.click(request, 'approve')).ephemeral).toHaveLength(1);
      expect(await guard.isInForce(request)).toBe(false);
      await guard.post('/api/faults', { slackLookups: 'up' });
      expect((await guard.click(request, 'approve')).ephemeral).toHaveLength(0);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));

  test('an approver by id, as well as by group', () =>
    withinSandbox({ APPROVERS: GRACE }, async (guard) => {
      const request = await guard.held();
      expect((await guard.click(request, 'approve', ADA)).ephemeral).toHaveLength(1);
      await guard.click(request, 'approve', GRACE);
      expect(await guard.ended(request.id)).toMatchObject({ decision: { by: { slackUserId: GRACE } } });
    }));
});

describe.concurrent('the requester', () => {
  test.each([
    ['by the e-mail of an Identity Center session', 'dana', DANA, 'S0SECURIT'],
    ['by the table of the settings', 'developer', DEVON, `S0SECURIT,${DEVON}`],
    ['by the name of an IAM user with the domain of the settings', 'margaret', MARGARET, 'S0SECURIT'],
  ])('is known %s, and may not decide', (_, caller, person, approvers) =>
    withinSandbox({ APPROVERS: approvers }, async (guard) => {
      const request = await guard.held({ caller });
      expect(request.requester).toMatchObject({ status: 'matched', slackUserId: person });
      expect(request.approvalsNeeded).toBe(1);
      expect(textOf(await guard.message(request))).toContain(`<@${person}>`);
      expect((await guard.click(request, 'approve', person)).ephemeral).toHaveLength(1);
      const denial = await guard.click(request, 'deny', person);
      expect(denial).toMatchObject({ view: null, ephemeral: [expect.anything()] });
      expect(await guard.isInForce(request)).toBe(false);
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }),
  );

  test('who is nobody in Slack takes a second approver, and the message says so', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held({ caller: 'deployer' });
      expect(request).toMatchObject({ requester: { status: 'unmatched' }, approvalsNeeded: 2 });
      expect(textOf(await guard.message(request))).toMatch(/2 approvers.*not known in Slack/i);
      await guard.click(request, 'approve', ADA);
      await guard.settled();
      expect(await guard.isInForce(request)).toBe(false);
      await guard.click(request, 'approve', GRACE);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await guard.isInForce(request)).toBe(true);
    }));

  test('who cannot be looked up counts as nobody', () =>
    withinSandbox({}, async (guard) => {
      await guard.post('/api/faults', { slackLookups: 'down' });
      const request = await guard.held({ caller: 'dana' });
      expect(request).toMatchObject({ requester: { status: 'unknown' }, approvalsNeeded: 2 });
    }));

  test.each([
    [
      'two lines of the table',
      { REQUESTER_SLACK_USERS: `arn:aws:iam::*:user/dev*=${ADA},arn:aws:iam::*:user/developer=${GRACE}` },
    ],
  ])('who matches more than one person (%s) matches nobody', (_, environment) =>
    withinSandbox(environment, async (guard) => {
      const request = await guard.held();
      expect(request).toMatchObject({ requester: { status: 'unmatched' }, approvalsNeeded: 2 });
    }),
  );
});

describe.concurrent('several approvers', () => {
  test('each vote shows at once, counts once, and the last one decides', () =>
    withinSandbox({ APPROVALS_REQUIRED: '2' }, async (guard) => {
      const request = await guard.held();
      await guard.click(request, 'approve', ADA);
      const message = await guard.message(request);
      expect(textOf(message)).toContain(ADA);
      expect(textOf(message)).toMatch(/1 of 2/);
      expect(textOf(message)).toContain('"action_id":"approve"');
      expect((await guard.click(request, 'approve', ADA)).ephemeral).toHaveLength(1);
      expect(await guard.isInForce(request)).toBe(false);
      await guard.click(request, 'approve', GRACE);
      const ended = await guard.ended(request.id);
      expect(ended.votes.map(({ by }) => by.slackUserId)).toEqual([ADA, GRACE]);
      const outcome = await guard.message(request);
      expect(outcome?.text).toContain('Ada Lovelace');
      expect(outcome?.text).toContain('Grace Hopper');
    }));

  test('two at the same moment are both counted, and one denial denies', () =>
    withinSandbox({ APPROVALS_REQUIRED: '3' }, async (guard) => {
      const request = await guard.held();
      await Promise.all([guard.click(request, 'approve', ADA), guard.click(request, 'approve', GRACE)]);
      expect((await guard.state()).requests[0]?.votes).toHaveLength(2);
      await guard.deny(request, MARGARET, 'Buckets are not deleted by hand.');
      const ended = await guard.ended(request.id);
      expect(ended).toMatchObject({
        outcome: 'denied',
        decision: { reason: 'Buckets are not deleted by hand.' },
      });
      expect(await guard.isInForce(request)).toBe(false);
    }));
});

describe.concurrent('e-mail links', () => {
  async function mailed(guard: GuardedSandbox, caller = 'developer') {
    await guard.post('/api/faults', { slack: 'down' });
    const policyArn = await guard.create({ caller });
    const email = await guard.until('an e-mail', ({ emails }) =>
      emails.find(({ text }) => text.includes(policyArn)),
    );
    const link = (decision: string) => email.links.find((each) => each.includes(`decision=${decision}`));
    return { email, approve: link('approve'), deny: link('deny'), policyArn };
  }
  const press = (link: string | undefined, reason = '') =>
    fetch(link ?? '', { method: 'POST', body: new URLSearchParams({ reason }) });

  test('the record says through which e-mail, and from which address', () =>
    withinSandbox({}, async (guard) => {
      const { approve, email, policyArn } = await mailed(guard);
      expect((await press(approve)).status).toBe(200);
      const request = await guard.until('the end', ({ requests }) =>
        requests.find((each) => each.policyArn === policyArn && each.outcome),
      );
      expect(request).toMatchObject({ outcome: 'approved', decision: { via: 'email' } });
      expect(request.decision?.by.email?.text).toContain(email.subject);
      expect(request.decision?.by.email?.text).toContain('security@example.com');
      expect(request.decision?.by.email?.sourceIp).toMatch(/127\.0\.0\.1|::1/);
    }));

  test('count as one vote, however many of them are used', () =>
    withinSandbox({ APPROVALS_REQUIRED: '2' }, async (guard) => {
      const { approve, policyArn } = await mailed(guard);
      expect(await (await press(approve)).text()).toMatch(/1 of 2/);
      await press(approve);
      const { requests } = await guard.state();
      expect(requests[0]).toMatchObject({ status: 'pending', policyArn });
      expect(requests[0]?.votes).toHaveLength(1);
    }));

  test('deny-only: there is no approve link, and deny needs a reason', () =>
    withinSandbox({ EMAIL_LINKS: 'deny-only' }, async (guard) => {
      const { approve, deny, policyArn } = await mailed(guard);
      expect(approve).toBeUndefined();
      expect((await press(deny)).status).toBe(400);
      expect((await press(deny, 'Not now.')).status).toBe(200);
      const request = await guard.until('the end', ({ requests }) =>
        requests.find((each) => each.policyArn === policyArn && each.outcome),
      );
      expect(request.outcome).toBe('denied');
    }));

  test('off: the e-mail has no link', () =>
    withinSandbox({ EMAIL_LINKS: 'off' }, async (guard) => {
      const { email } = await mailed(guard);
      expect(email.links.filter((link) => link.includes('/decide'))).toEqual([]);
    }));
});

describe.concurrent('break glass', () => {
  test('is off: an approver cannot approve their own change', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held({ caller: 'dana' });
      const { ephemeral, view } = await guard.click(request, 'approve', DANA);
      expect(view).toBeNull();
      expect(ephemeral).toHaveLength(1);
    }));

  test('is on: they can, with a written reason, and everybody hears of it', () =>
    withinSandbox({ BREAK_GLASS: 'true' }, async (guard) => {
      const request = await guard.held({ caller: 'dana' });
      const asked = await guard.click(request, 'approve', DANA);
      expect(asked.view).not.toBeNull();
      expect(await guard.isInForce(request)).toBe(false);
      expect((await guard.submit(asked, ' '.repeat(10), DANA)).errors).not.toBeNull();
      await guard.submit(asked, 'Production is down and nobody else is awake.', DANA);
      const ended = await guard.ended(request.id);
      expect(ended).toMatchObject({ outcome: 'approved', decision: { breakGlass: true } });
      await guard.settled();
      const { slack, emails } = await guard.state();
      const loud = slack.messages.filter(({ text }) => text.includes('<!channel>'));
      expect(textOf(loud)).toContain('nobody else is awake');
      expect(textOf(emails)).toContain('nobody else is awake');
    }));

  test('is on: somebody who made the change and is no approver still may not', () =>
    withinSandbox({ BREAK_GLASS: 'true' }, async (guard) => {
      const request = await guard.held({ caller: 'developer' });
      const { view, ephemeral } = await guard.click(request, 'approve', DEVON);
      expect(view).toBeNull();
      expect(ephemeral).toHaveLength(1);
    }));
});
