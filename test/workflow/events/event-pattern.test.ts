import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../../infra/sandbox/aws/events/event-pattern.ts';
import { eventPattern } from '../../../workflow/events/event-pattern.ts';
import { readEvent } from '../../../workflow/events/read-event.ts';
import { anEvent, anIdentity, eventNames, identityNames } from './event-fixtures.ts';

const noise = ['failed-create-policy', 'unwatched-create-user', 'unwatched-service-put-bucket-policy'];

describe('the event pattern', () => {
  it.each(eventNames.filter((name) => !noise.includes(name)))('lets %s through', (name) => {
    expect(matchesPattern(eventPattern(), anEvent(name))).toBe(true);
  });

  it.each(noise)('keeps %s away, which the code would not act on either', (name) => {
    expect(matchesPattern(eventPattern(), anEvent(name))).toBe(false);
    expect(readEvent(anEvent(name)).type).toBe('no-change');
  });

  it.each(identityNames)('never looks at who made the change: %s', (name) => {
    const event = anEvent('create-policy', { userIdentity: anIdentity(name) });
    expect(matchesPattern(eventPattern(), event)).toBe(true);
  });

  it('names the nine calls that bring a grant into force, the ten that end one, and the two that give another name', () => {
    expect(eventPattern().detail.eventName.sort()).toEqual([
      'AttachGroupPolicy',
      'AttachRolePolicy',
      'AttachUserPolicy',
      'CreatePolicy',
      'CreatePolicyVersion',
      'DeleteGroup',
      'DeleteGroupPolicy',
      'DeletePolicy',
      'DeleteRole',
      'DeleteRolePolicy',
      'DeleteUser',
      'DeleteUserPolicy',
      'DetachGroupPolicy',
      'DetachRolePolicy',
      'DetachUserPolicy',
      'PutGroupPolicy',
      'PutRolePolicy',
      'PutUserPolicy',
      'SetDefaultPolicyVersion',
      'UpdateGroup',
      'UpdateUser',
    ]);
  });
});
