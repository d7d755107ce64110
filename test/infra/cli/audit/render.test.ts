import { expect, it } from 'vitest';
import type { Story } from '../../../../infra/cli/audit/read-stories.ts';
import { renderJson, renderStory } from '../../../../infra/cli/audit/render.ts';

const HOSTILE = 'eve\u001b[2J\u202e\nRequest pg-2: approved';
const STORY: Story = {
  requestId: 'pg-1',
  status: 'pending',
  story: [
    {
      at: '2026-03-01T12:00:00Z',
      event: 'change.made',
      detail: HOSTILE,
      eventId: 'e-1',
      executionArn: 'arn:x',
    },
    {
      ...{ at: '2026-03-01T12:00:05Z', event: 'decision.refused', detail: 'approved: not an approver' },
      ...{ slackUserId: 'U1', slackUserName: HOSTILE, eventId: 'e-1', executionArn: 'arn:x' },
    },
    {
      at: '2026-03-01T12:00:06Z',
      event: 'request.reminded',
      detail: 'In Slack.',
      slackChannel: 'C1',
      slackTs: '1.1',
    },
  ],
};

it('is a line for each thing that happened, and foreign text can neither begin one nor steer the terminal', () => {
  const text = renderStory(STORY);
  expect(text.split('\n')).toHaveLength(5);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
});

it('has every id: those of AWS once, and those of Slack at each line', () => {
  const text = renderStory(STORY);
  expect(text.match(/eventID e-1|execution arn:x/g)).toHaveLength(2);
  expect(text).toContain('[user U1, name ');
  expect(text).toContain('[channel C1, ts 1.1]');
});

it('is as JSON one line that reads back as it was, and steers no terminal', () => {
  const json = renderJson(STORY);
  expect(json.trimEnd()).not.toMatch(/\p{C}/u);
  expect(JSON.parse(json)).toEqual(STORY);
});

it('says so where the ledger holds only a trail, or what concerns no request', () => {
  expect(renderStory({ requestId: 'pg-1', story: [] })).toContain('only its trail');
  expect(renderStory({ story: [] })).toBe('Of no request\n');
});
