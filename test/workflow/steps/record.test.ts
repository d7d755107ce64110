import { describe, expect, it } from 'vitest';
import { pack, sha256 } from '../../../workflow/inspection/packed-document.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import type { Quarantined } from '../../../workflow/steps/payloads.ts';
import { record } from '../../../workflow/steps/record.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, aChange, aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const now = new Date('2026-03-01T12:00:04.000Z');
const nudgeRules = { reminderSeconds: 14_400, adminEmailSeconds: 43_200 };
const MATCHED = { status: 'matched', slackUserId: 'U1', by: 'email' } as const;
const step = (state: Quarantined, at = now) => {
  const identify = async () => ({ requester: MATCHED, approvalsNeeded: 2 });
  const beforeAsked = { requester: { status: 'unknown', why: 'Not asked yet' }, approvalsNeeded: 2 } as const;
  return record(
    { ledger, now: at, timeoutSeconds: 86_400, nudgeRules, approvalsRequired: 1, beforeAsked, identify },
    state,
  );
};

const recorded = async (state: Quarantined, at = now) => {
  const result = await step(state, at);
  if (!('wait' in result)) throw new Error('It was not recorded.');
  return result;
};

let count = 0;
function quarantined(): Quarantined {
  const id = `record${++count}`;
  const { inspection, containment, quarantinedAt, executionArn } = aRequest(id);
  return {
    status: 'quarantined',
    detail: 'Version v2, a placeholder, is in force.',
    change: aChange({ requestId: id }),
    inspection,
    document: pack(id),
    containment,
    quarantinedAt,
    executionArn,
  };
}

describe('the Record step', () => {
  it('writes the request with its document and hands the rest on to the wait', async () => {
    const state = quarantined();
    const id = state.change.requestId;
    expect(await step(state)).toEqual({
      requestId: id,
      status: 'recorded',
      change: state.change,
      inspection: state.inspection,
      containment: state.containment,
      executionArn: state.executionArn,
      wait: { seconds: 14_400 },
    });
    const identified = { requester: MATCHED, approvalsNeeded: 2 };
    const { earlier, ...written } = (await ledger.read(id)) ?? {};
    expect(written).toEqual(aRequest(id, { document: pack(id), ...identified }));
    expect(earlier).toEqual({ requests: expect.any(Number), approved: 0, denied: 0, orMore: false });
    expect(await ledger.auditTrail(id)).toMatchObject([
      { event: 'request.recorded', detail: 'Version v2, a placeholder, is in force.' },
    ]);
  });

  it('waits no longer than the request has left, also when it is repeated late', async () => {
    const state = quarantined();
    await step(state);
    const late = new Date(now.getTime() + 86_400_000 - 90_500);
    expect((await recorded(state, late)).wait.seconds).toBe(91);
  });

  it('stores what a repeated quarantine left in force', async () => {
    const state = quarantined();
    const id = state.change.requestId;
    await step(state);
    const again = {
      ...state,
      containment: { type: 'managed-policy', inForceVersionId: 'v9' },
      quarantinedAt: '2026-03-01T12:00:09.000Z',
    } as const;
    await step(again);
    const { containment, quarantinedAt } = again;
    expect(await ledger.read(id)).toMatchObject({ containment, quarantinedAt });
  });

  it('keeps the event and what stands around the change, for whoever decides', async () => {
    const event = pack('{"eventName":"CreatePolicy"}');
    const before = { label: 'v1, the newest earlier version', document: pack('{}') };
    const surroundings = { before, attachedTo: ['user/alice'] };
    const state = { ...quarantined(), event, surroundings };
    const waiting = await recorded(state);
    expect(await ledger.read(waiting.requestId)).toMatchObject({ event, surroundings });
    expect(waiting).not.toHaveProperty('event');
    expect(waiting).not.toHaveProperty('surroundings');
  });

  it('waits for the next nudge by the age of the request, also when it is repeated late', async () => {
    const state = quarantined();
    await step(state);
    expect((await recorded(state, new Date(now.getTime() + 14_400_000))).wait.seconds).toBe(28_800);
  });

  it('records a change whose document could not be read', async () => {
    const { document: _, ...state } = quarantined();
    expect(await step(state)).toMatchObject({ status: 'recorded' });
    expect((await ledger.read(state.change.requestId))?.document).toBeUndefined();
  });

  it('says which request covers the same change reported by another execution', async () => {
    const state = quarantined();
    await step(state);
    const again = { ...state, executionArn: `${state.executionArn}-again` };
    const id = state.change.requestId;
    expect(await step(again)).toMatchObject({ requestId: id, status: 'duplicate', duplicateOf: id });
  });

  describe('of what was approved before, when the ledger did not say so', () => {
    const target = { type: 'inline-policy', entity: 'user', entityName: 'alice', policyName: 'p' } as const;
    const principal = { id: 'AIDAALICE' };
    const written = (state: Quarantined, document: string, requestId = state.change.requestId) => ({
      ...state,
      ...{ document: pack(document), principal },
      change: { ...state.change, requestId, eventName: 'PutUserPolicy', target },
      containment: { type: 'inline-policy' } as const,
    });
    const approved = async (document: string) => {
      const first = written(quarantined(), document);
      const { requestId } = await recorded(first);
      const at = '2026-03-01T11:00:00.000Z';
      const by = { name: 'Robin' };
      for (const name of ['Robin', 'Kim']) {
        await ledger.approve(requestId, { by: { name, slackUserId: name }, via: 'slack', at });
      }
      await ledger.close(requestId, 'approved', `Approved by ${by.name}.`, at);
      return first;
    };

    it('hands it back, and records nothing', async () => {
      const first = await approved('approved');
      const again = written(quarantined(), 'approved');
      expect(await step(again)).toEqual({ ...again, approvedBefore: first.change.requestId });
      expect(await ledger.read(again.change.requestId)).toBeUndefined();
    });

    const made = (state: Quarantined, eventTime: string, by = state.change.requester) => ({
      ...state,
      change: { ...state.change, eventTime, requester: by },
    });
    const { requester } = aChange();
    const stranger = { ...requester, arn: 'arn:aws:iam::123456789012:user/stranger', names: ['stranger'] };

    it('hands back what the guard itself put back in the second of the approval, and no stranger', async () => {
      const first = await approved('put back at once');
      const again = made(written(quarantined(), 'put back at once'), '2026-03-01T11:00:00.000Z', stranger);
      expect(await step({ ...again, byGuard: true })).toMatchObject({
        approvedBefore: first.change.requestId,
      });
      expect(await step(again)).toMatchObject({ status: 'recorded' });
    });

    it('hands back what its maker had put back before the approval: that voids nothing', async () => {
      const first = await approved('put back before');
      const again = made(written(quarantined(), 'put back before'), '2026-03-01T10:59:00.000Z');
      const { requestId } = first.change;
      expect(await step(again)).toMatchObject({ approvedBefore: requestId });
      const key = targetKey(first.change.accountId, target);
      expect(await ledger.findApproval(key, sha256('put back before'))).toMatchObject({ requestId });
    });

    it('asks about it when it could not be put back', async () => {
      const first = await approved('not put back');
      const again = { ...written(quarantined(), 'not put back'), approvedBefore: first.change.requestId };
      expect(await step(again)).toMatchObject({ status: 'recorded' });
    });

    it('asks about it for somebody else', async () => {
      await approved('for alice');
      const again = { ...written(quarantined(), 'for alice'), principal: { id: 'AIDAANOTHER' } };
      expect(await step(again)).toMatchObject({ status: 'recorded' });
    });
  });

  it('refuses a change that was not quarantined', async () => {
    await expect(step({ ...quarantined(), status: 'gone' })).rejects.toMatchObject({
      name: 'NotQuarantinedError',
    });
  });
});

describe('what was approved before, for an event that named somebody else', () => {
  const APPROVED_AT = '2026-03-01T12:00:03.500Z';

  /** The same document as that of a request that Robin has approved. */
  async function again(closedAt?: string): Promise<{ first: Quarantined; second: Quarantined }> {
    const first = quarantined();
    await step(first);
    await ledger.decide(first.change.requestId, { ...APPROVED, at: APPROVED_AT });
    if (closedAt !== undefined)
      await ledger.close(first.change.requestId, 'approved', 'It is back.', closedAt);
    const second = { ...quarantined(), ...(first.document && { document: first.document }) };
    return { first, second };
  }

  it('is waited for while it is being put back', async () => {
    const { first, second } = await again();
    await expect(step(second)).rejects.toMatchObject({ name: 'LedgerContentionError' });
    await ledger.close(first.change.requestId, 'approved', 'It is back.', '2026-03-01T12:00:02.000Z');
    expect(await step(second)).toMatchObject({ status: 'recorded' });
  });

  it('is quarantined again where it was put back after this quarantine', async () => {
    const { second } = await again('2026-03-01T12:00:09.000Z');
    await expect(step(second)).rejects.toMatchObject({ name: 'PolicyGuard.PutBackMeanwhile' });
    const containment = {
      type: 'managed-policy',
      inForceVersionId: 'v4',
      placeholderVersionId: 'v4',
    } as const;
    const repeated = { ...second, containment, quarantinedAt: '2026-03-01T12:00:10.000Z' };
    expect(await step(repeated)).toMatchObject({ status: 'recorded' });
    expect(await ledger.read(second.change.requestId)).toMatchObject({
      ...{ status: 'pending', containment, quarantinedAt: '2026-03-01T12:00:10.000Z' },
    });
  });

  it('is nothing to wait for where it was put back before', async () => {
    const { second } = await again('2026-03-01T12:00:01.000Z');
    expect(await step(second)).toMatchObject({ status: 'recorded' });
  });

  it('is found although a further draft was given up in between', async () => {
    const { first, second } = await again('2026-03-01T12:00:09.000Z');
    const { document } = first;
    await step({ ...quarantined(), ...(document && { document }) }).catch(() => undefined);
    await expect(step(second)).resolves.toMatchObject({ status: 'duplicate' });
  });
});
