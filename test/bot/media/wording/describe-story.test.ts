import { describe, expect, it } from 'vitest';
import { describeStory, idsOf } from '../../../../bot/media/wording/describe-story.ts';
import { aChange, aRequest } from '../../../support/requests.ts';

const line = (eventId?: string, executionArn?: string) => ({
  ...{ at: '2026-03-01T12:00:00Z', event: 'e', detail: 'd' },
  ...(eventId !== undefined && { eventId }),
  ...(executionArn !== undefined && { executionArn }),
});

describe('the ids of a story', () => {
  it('of AWS are told once while they are the same, and again after those of another change', () => {
    const story = [line('e1', 'x1'), line(), line('e1', 'x1'), line('e2', 'x2'), line('e1', 'x1')];
    const values = idsOf(story).map((ids) => ids.map(({ value }) => value));
    expect(values).toEqual([['e1', 'x1'], [], [], ['e2', 'x2'], ['e1', 'x1']]);
  });

  it('of messages and e-mails are told each time', () => {
    const mail = { ...line(), slackChannel: 'C1', slackTs: '1.1', emailId: 'm-1', emailTo: 'a@example.com' };
    const ids = ['channel C1', 'ts 1.1', 'e-mail m-1', 'to a@example.com'];
    const told = idsOf([mail, mail]).map((all) => all.map(({ label, value }) => `${label} ${value}`));
    expect(told).toEqual([ids, ids]);
  });
});

describe('a change that the sweep has found', () => {
  const storyOf = (change: Parameters<typeof aChange>[0]) =>
    describeStory(aRequest('r1', { change: aChange(change) }), []).map(({ at, event }) => `${at} ${event}`);

  it('is told to have been, with when; no other is', () => {
    const foundAt = '2026-03-01T12:00:02.000Z';
    expect(storyOf({ foundAt })).toContain(`${foundAt} sweep.found`);
    expect(storyOf({}).join()).not.toContain('sweep.found');
  });
});
