import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { announce } from '../../../../bot/notices/announce.ts';
import type { NotifyDeps } from '../../../../bot/notices/delivery/deps.ts';
import type { Covered } from '../../../../bot/notices/payload.ts';
import { requestApproval } from '../../../../bot/notices/request/request-approval.ts';
import { stillInForce } from '../../../../bot/notices/still-in-force/tell.ts';
import { tellSweep } from '../../../../bot/notices/sweep/tell.ts';
import { tellUnconfirmed } from '../../../../bot/notices/unconfirmed/tell.ts';
import type { Target } from '../../../../workflow/events/change.ts';
import type { AuditEntry } from '../../../../workflow/ledger/audit-trail.ts';
import type { SweepReport } from '../../../../workflow/ledger/inventory.ts';
import type { Restart } from '../../../../workflow/ledger/restarts.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { APPROVED, aChange, INLINE } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';
import { endedAs, recorded } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard:again';
const AT = '2026-03-01T12:00:04.000Z';
const slack = { channel: 'C1', ts: '0.1' };
const down = () => Promise.reject(new Error('down'));

/** Another change that a request covers, which waits. */
async function covered(more: Partial<Covered> = {}): Promise<Covered> {
  const { id, change, inspection } = await recorded(ledger, { slack });
  // Made after the request had taken it out.
  const eventTime = '2026-03-01T12:10:00Z';
  const again = { ...change, eventId: 'event-again', eventName: 'PutRolePolicy', eventTime };
  return {
    ...{ requestId: `${id}-again`, status: 'duplicate', duplicateOf: id, change: again, inspection },
    ...{ executionArn: EXECUTION, detail: 'The placeholder is in its place.', ...more },
  };
}

const announced = async (deps: NotifyDeps, state: Covered) => {
  await announce(deps, { state, retryCount: 0 });
};

const REPORT: SweepReport = { id: 'report', kind: 'stock', at: AT, count: 0, recent: 0, grants: [] };
const STARTED: Restart = {
  ...{ root: 'root', executionArn: EXECUTION, attempts: 0, dueAt: AT, since: AT, secret: 'x'.repeat(16) },
  startedBy: 'eve (IAM user)',
};

/** A change whose target nothing else is about. */
function ofItsOwn() {
  const name = randomUUID();
  return aChange({ requestId: name, target: { ...INLINE, policyName: name } as Target });
}

/** What people are told beside what becomes of one request. */
const NOTICES: Readonly<Record<string, (deps: NotifyDeps) => Promise<unknown>>> = {
  'what a sweep has left alone': (deps) =>
    tellSweep(
      { ...deps, ledger: { ...deps.ledger, readSweepReport: async () => REPORT } },
      { reportId: 'report' },
    ),
  'an event that CloudTrail does not hold': async (deps) => {
    const request = await recorded(ledger, { refuted: { at: AT, startedBy: 'eve' } });
    return tellUnconfirmed(deps, { requestId: request.id });
  },
  'who started an execution with no event': (deps) =>
    tellUnconfirmed(
      { ...deps, ledger: { ...deps.ledger, readRestart: async () => STARTED } },
      { requestId: 'root' },
    ),
  'a grant that could not be taken out': (deps) =>
    stillInForce(deps, {
      state: {
        change: ofItsOwn(),
        failure: { Error: 'AccessDenied', Cause: 'no' },
      },
      ...{ executionArn: EXECUTION, startedAt: AT },
    }),
  'a change that was made once more': async (deps) => announced(deps, await covered()),
  'one that is put back a second time': async (deps) =>
    announced(deps, await covered({ putBacks: { count: 2, by: 'dana', shareInForce: 0.1 } })),
  'one that names somebody else': async (deps) => {
    const state = await covered();
    const requester = { type: 'IAMUser', label: 'eve (IAM user)', names: ['eve'] };
    const named = { requester, eventId: 'event-again', executionArn: EXECUTION, at: AT };
    await ledger.nameRequester(state.duplicateOf, { ...named, match: { status: 'unmatched', why: 'x' } }, 1);
    await announced(deps, { ...state, change: { ...state.change, requester } });
  },
  'one whose request has ended': async (deps) => {
    const state = await covered();
    await ledger.decide(state.duplicateOf, APPROVED);
    await announced(deps, state);
  },
  'the outcome of broken glass': async (deps) => {
    const request = await recorded(ledger, {
      slack,
      votes: [{ ...APPROVED, via: 'slack', breakGlass: true }],
    });
    await ledger.decide(request.id, { ...APPROVED, breakGlass: true });
    await announce(deps, { state: endedAs(request, 'approved'), retryCount: 0 });
  },
  'a group': async (deps) => {
    const by = 'many';
    for (let made = 0; made < 5; made++) {
      const { id, executionArn } = await recorded(ledger, {}, by);
      await requestApproval(deps, {
        state: { requestId: id, executionArn },
        taskToken: 'token',
        retryCount: 0,
      });
    }
  },
};

/** Runs a notice. @returns how much was told, and the ids of what the audit trail holds of it */
async function told(
  notice: (deps: NotifyDeps) => Promise<unknown>,
  more: Parameters<typeof fakeDeps>[1] = {},
) {
  const entries: AuditEntry[] = [];
  const watched = {
    ...ledger,
    audit: async (entry: AuditEntry) => {
      entries.push(entry);
      await ledger.audit(entry);
    },
  };
  const { deps, heard } = fakeDeps(watched, more);
  await notice(deps);
  const ids = (key: 'slackTs' | 'emailId') =>
    [...new Set(entries.flatMap((entry) => entry[key] ?? []))].toSorted();
  return { heard, entries, messages: ids('slackTs'), emails: ids('emailId') };
}

describe.each(Object.entries(NOTICES))('%s', (_, notice) => {
  it('is in the audit trail with each message and e-mail', async () => {
    const { heard, messages, emails } = await told(notice);
    expect(heard.sent.length).toBeGreaterThan(0);
    expect(messages).toEqual(heard.sent.map((_sent, index) => `1.${index + 1}`).toSorted());
    expect(emails).toEqual(heard.mailed.map((_mail, index) => `mail-${index + 1}`).toSorted());
  });

  it('is there with the e-mail that goes in place of the message', async () => {
    const { post, ...rest } = fakeDeps(ledger).deps.slack;
    const { heard, messages, emails } = await told(notice, { slack: { ...rest, post: down, reply: down } });
    expect(heard.mailed.length).toBeGreaterThan(0);
    expect(messages).toEqual([]);
    expect(emails).toEqual(heard.mailed.map((_mail, index) => `mail-${index + 1}`).toSorted());
  });
});

describe('the trail of the request that covers a change', () => {
  const detailOf = async (putBacks?: Covered['putBacks']) => {
    const state = await covered(putBacks && { putBacks });
    const { entries } = await told((deps) => announced(deps, state));
    return { state, entry: entries.find(({ requestId }) => requestId === state.duplicateOf) };
  };

  it('tells which change it was, what was taken out again, and where that was told', async () => {
    const { state, entry } = await detailOf();
    expect(entry).toMatchObject({
      event: 'change.covered',
      eventId: 'event-again',
      executionArn: EXECUTION,
      ...{ slackChannel: 'C1', slackTs: '1.1' },
    });
    expect(entry?.detail).toMatch(
      new RegExp(
        `^${state.requestId}: nobody-but-\\S+ wrote the inline policy .* \\(PutRolePolicy, .*\\)\\. The placeholder is in its place\\. Told in Slack`,
      ),
    );
  });

  it('tells it also of a loop whose every turn is not told', async () => {
    const { entry } = await detailOf({ count: 1, by: 'dana', shareInForce: 0.1 });
    expect(entry).toHaveProperty('slackTs');
    const loop = { count: 100, by: 'dana', shareInForce: 0.1 };
    const state = await covered({ putBacks: loop });
    await ledger.claimPutBacks(state.duplicateOf, 'another');
    const { entries, heard } = await told((deps) => announced(deps, state));
    expect(heard.sent).toEqual([]);
    expect(entries).toMatchObject([{ event: 'change.covered', eventId: 'event-again' }]);
    expect(entries[0]).not.toHaveProperty('slackTs');
    expect(entries[0]?.detail).toContain('Not told by itself');
  });
});
