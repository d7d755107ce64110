import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { FailedCallError, NotAChangeError, UnreadableChangeError } from '../../../workflow/events/errors.ts';
import { parseChange } from '../../../workflow/events/parse-change.ts';
import { readEvent } from '../../../workflow/events/read-event.ts';
import { anEvent, eventNames } from './event-fixtures.ts';

const parse = (name: string, overrides: Record<string, unknown> = {}) =>
  parseChange(parseRecord(anEvent(name, overrides).detail));

const POLICY = 'arn:aws:iam::123456789012:policy/report-cleaner';
const managed = (versionId: string, policyArn = POLICY) => ({ type: 'managed-policy', policyArn, versionId });
const inline = (entity: string, entityName: string) => ({
  type: 'inline-policy',
  entity,
  entityName,
  policyName: expect.stringMatching(/^\S+$/),
});
const attachment = (entity: string, entityName: string) => ({
  type: 'attachment',
  entity,
  entityName,
  policyArn: expect.stringMatching(/^arn:aws:iam::/),
});

const changes: Record<string, unknown> = {
  'attach-group-policy': attachment('group', expect.any(String)),
  'attach-role-policy': attachment('role', 'deployer'),
  'attach-user-policy': attachment('user', expect.any(String)),
  'create-policy': managed('v1'),
  'create-policy-version': managed('v2'),
  'create-policy-version-not-default': managed('v2'),
  'omitted-create-policy': managed('v1'),
  'put-group-policy': inline('group', expect.any(String)),
  'put-role-policy': inline('role', 'deployer'),
  'put-user-policy': inline('user', expect.any(String)),
  'set-default-policy-version': managed('v2'),
  'truncated-put-role-policy': inline('role', 'deployer'),
};

const errors: Record<string, new (...args: never[]) => Error> = {
  'failed-create-policy': FailedCallError,
  'omitted-create-policy-version': UnreadableChangeError,
  'omitted-put-role-policy': UnreadableChangeError,
  'unwatched-create-user': NotAChangeError,
  'unwatched-service-put-bucket-policy': NotAChangeError,
};

/** Fixtures that carry the document that came into force. */
const withDocument = /^(create-policy|put-)/;

describe('every fixture', () => {
  it('is accounted for', () => {
    expect(Object.keys({ ...changes, ...errors }).sort()).toEqual([...eventNames].sort());
  });

  it.each(Object.keys(changes))('%s is a change of its target', (name) => {
    const { change, document, inForce } = parse(name);
    expect(change.target).toEqual(changes[name]);
    expect(change).toMatchObject({ accountId: '123456789012', partition: 'aws' });
    expect(change.eventTime).toBe('2026-03-02T09:15:00.000Z');
    expect('text' in document).toBe(withDocument.test(name));
    expect(inForce).toBe(name !== 'create-policy-version-not-default');
  });

  it.each(Object.keys(errors))('%s is refused with its reason', (name) => {
    expect(() => parse(name)).toThrow(errors[name]);
  });
});

describe('what a change says', () => {
  it('carries the document byte for byte', () => {
    const policyDocument = '{ "Version":"2012-10-17",\n"Statement":[]\t}';
    const { requestParameters } = anEvent('put-role-policy').detail;
    const { document } = parse('put-role-policy', {
      requestParameters: { ...requestParameters, policyDocument },
    });
    expect(document).toEqual({ text: policyDocument });
  });

  it('decodes a document that is URL-encoded', () => {
    const { requestParameters } = anEvent('put-role-policy').detail;
    const policyDocument = encodeURIComponent('{"Statement":"+ %"}');
    const { document } = parse('put-role-policy', {
      requestParameters: { ...requestParameters, policyDocument },
    });
    expect(document).toEqual({ text: '{"Statement":"+ %"}' });
  });

  it('makes the same request id of the same event, and another one in another account', () => {
    const id = parse('create-policy').change.requestId;
    expect(id).toMatch(/^pg-[a-z2-7]{10}$/);
    expect(parse('create-policy').change.requestId).toBe(id);
    expect(parse('create-policy', { recipientAccountId: '999999999999' }).change.requestId).not.toBe(id);
    expect(parse('create-policy', { eventID: 'other' }).change.requestId).not.toBe(id);
  });

  it.each([
    ['another caller', { userIdentity: { type: 'IAMUser', userName: 'bob' } }],
    ['another document', { requestParameters: { policyName: 'p', policyDocument: '{}' } }],
    [
      'another target',
      { responseElements: { policy: { arn: 'arn:aws:iam::123456789012:policy/x', defaultVersionId: 'v1' } } },
    ],
  ])(
    'gives an event with the same id and %s another id: it must not pass for the genuine one',
    (_, altered) => {
      const id = parse('create-policy').change.requestId;
      expect(parse('create-policy', altered).change.requestId).not.toBe(id);
    },
  );

  it('gives an event the same id however it was sent', () => {
    const id = parse('create-policy').change.requestId;
    const elsewhere = {
      sourceIPAddress: '198.51.100.1',
      userAgent: 'curl',
      eventTime: '2027-01-01T00:00:00Z',
    };
    expect(parse('create-policy', elsewhere).change.requestId).toBe(id);
  });

  it.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-east-1', 'aws'],
  ])(
    'tells the partition of an inline policy by the region %s where nothing else does',
    (awsRegion, partition) => {
      expect(parse('put-user-policy', { awsRegion, userIdentity: null }).change.partition).toBe(partition);
    },
  );

  it.each([
    [{ setAsDefault: true }, undefined, true],
    [{ setAsDefault: false }, undefined, false],
    [{ setAsDefault: false }, true, true],
    [{ setAsDefault: true }, false, false],
    [{}, undefined, true],
  ])('a version created with %o and answered with %o is in force: %s', (asked, isDefaultVersion, inForce) => {
    const { requestParameters } = anEvent('create-policy-version').detail;
    const parsed = parse('create-policy-version', {
      requestParameters: { ...requestParameters, setAsDefault: undefined, ...asked },
      responseElements: { policyVersion: { versionId: 'v2', isDefaultVersion } },
    });
    expect(parsed.inForce).toBe(inForce);
  });

  it('never takes a missing identity for a reason to skip a change', () => {
    expect(parse('create-policy', { userIdentity: undefined }).change.requester.type).toBe('Unknown');
  });

  it('looks at the error code before anything else', () => {
    const failed = { errorCode: 'AccessDenied', requestParameters: null, responseElements: null };
    for (const name of Object.keys(changes)) expect(() => parse(name, failed)).toThrow(FailedCallError);
  });
});

describe('reading an event', () => {
  it('takes the record out of an EventBridge event, or by itself', () => {
    const event = anEvent('create-policy');
    expect(readEvent(event)).toEqual(readEvent(event.detail));
    expect(readEvent(event).type).toBe('change');
  });

  it.each<[string, unknown]>([
    ['a watched call whose target is missing', anEvent('omitted-put-role-policy')],
    ['a watched call without id', anEvent('create-policy', { eventID: undefined })],
    ['a watched call without time', anEvent('create-policy', { eventTime: 'yesterday' })],
    [
      'a watched call without account',
      anEvent('put-role-policy', { recipientAccountId: null, userIdentity: null }),
    ],
    ['a call without name', anEvent('create-policy', { eventName: undefined })],
    ['a watched call without source', anEvent('create-policy', { eventSource: 7 })],
    ['nothing', undefined],
    ['a text', 'CreatePolicy'],
    ['a list', [anEvent('create-policy')]],
    ['an empty object', {}],
  ])('%s is never taken for harmless', (_, event) => {
    expect(readEvent(event)).toMatchObject({
      type: 'unreadable',
      reason: expect.stringContaining('eventName'),
    });
  });

  it.each<[string, unknown]>([
    ['an unwatched call', anEvent('unwatched-create-user')],
    ['another service’s call', anEvent('unwatched-service-put-bucket-policy')],
    ['a failed call', anEvent('failed-create-policy')],
    ['a record of an unwatched call without id', anEvent('unwatched-create-user', { eventID: undefined })],
  ])('%s is no change', (_, event) => {
    expect(readEvent(event).type).toBe('no-change');
  });

  it('takes no name from the prototype for a kind of change', () => {
    expect(readEvent(anEvent('create-policy', { eventName: 'constructor' })).type).toBe('no-change');
  });
});
