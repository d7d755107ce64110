import { describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { Quarantined } from '../../../workflow/steps/payloads.ts';
import { record } from '../../../workflow/steps/record.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { aChange, aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const now = new Date('2026-03-01T12:00:04.000Z');
const nudgeRules = { reminderSeconds: 14_400, adminEmailSeconds: 43_200 };
const MATCHED = { status: 'matched', slackUserId: 'U1', by: 'email' } as const;
const step = (state: Quarantined, at = now) => {
  const identify = async () => ({ requester: MATCHED, approvalsNeeded: 2 });
  const beforeAsked = { requester: { status: 'unknown', why: 'Not asked yet' }, approvalsNeeded: 2 } as const;
  return record({ ledger, now: at, timeoutSeconds: 86_400, nudgeRules, beforeAsked, identify }, state);
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
    expect(await ledger.read(id)).toEqual(aRequest(id, { document: pack(id), ...identified }));
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
      const at = now.toISOString();
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
