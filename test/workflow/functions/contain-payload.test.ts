import { describe, expect, it } from 'vitest';
import { containPayloadSchema } from '../../../workflow/functions/contain-payload.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { aChange, aRequest } from '../../support/requests.ts';

const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:guard:1';
const { change, inspection, containment } = aRequest('pg-abcdefghij');
const judgement = { verdict: 'restricted', reason: 'It grants s3:*.', notifyAllowed: false };
const waiting = {
  requestId: 'pg-abcdefghij',
  status: 'recorded',
  change,
  inspection,
  containment,
  executionArn,
};

const accepts = (payload: unknown) => containPayloadSchema.safeParse(payload).success;

describe('to quarantine', () => {
  it('takes a judgement with all that was found', () => {
    const state = { ...judgement, change, inspection, document: pack('{}'), event: pack('[]') };
    const payload = { step: 'quarantine', state, executionArn, retryCount: 3 };
    expect(containPayloadSchema.parse(payload)).toEqual(payload);
  });

  it('takes a failed inspection with its event as it came', () => {
    const failure = { Error: 'Lambda.Unknown', Cause: 'it broke' };
    const payload = {
      step: 'quarantine',
      state: { verdict: 'restricted', event: { detail: { odd: [1, null] } }, failure },
      executionArn,
      retryCount: 0,
    };
    expect(containPayloadSchema.parse(payload)).toEqual(payload);
  });

  it('takes a judgement that names no change: that is answered with a reason, not with a type error', () => {
    expect(accepts({ step: 'quarantine', state: judgement, executionArn })).toBe(true);
  });

  it.each(['observed', 'exempt'])('takes what is %s, which executions of version 0.1 hand on', (verdict) => {
    const state = { ...judgement, verdict, change, inspection };
    expect(accepts({ step: 'quarantine', state, executionArn })).toBe(true);
  });

  it.each([
    ['another verdict', { ...judgement, verdict: 'harmless' }],
    ['a change of no type', { ...judgement, change: { ...aChange(), target: { type: 'bucket' } } }],
    ['a document without its hash', { ...judgement, change, document: { gzip: 'x' } }],
    ['nothing', undefined],
  ])('refuses %s', (_what, state) => {
    expect(accepts({ step: 'quarantine', state, executionArn })).toBe(false);
  });
});

describe.each(['restore', 'discard'])('to %s', (step) => {
  it('takes a request that waited, whatever else its wait left in the state', () => {
    const state = { ...waiting, wait: { seconds: 5 }, callback: {}, failure: {}, next: step };
    expect(containPayloadSchema.parse({ step, state })).toEqual({ step, state: waiting, retryCount: 0 });
  });

  it('keeps why an earlier version may be in force instead', () => {
    const grants = { type: 'managed-policy', inForceVersionId: 'v1', inForceGrants: 'observed' };
    const state = { ...waiting, containment: grants };
    expect(containPayloadSchema.parse({ step, state })).toMatchObject({ state: { containment: grants } });
  });

  it.each(['requestId', 'change', 'containment'])('refuses a state without its %s', (field) => {
    expect(accepts({ step, state: { ...waiting, [field]: undefined } })).toBe(false);
  });
});

it('refuses a step that it does not know', () => {
  expect(accepts({ step: 'delete', state: waiting })).toBe(false);
});
