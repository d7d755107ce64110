import { expect, test } from 'vitest';
import { buildTimeline } from '../../../../../infra/sandbox/page/slack/timeline.ts';
import { APPROVER, aMessage, REQUESTER } from '../fake-state.ts';

const root = aMessage({ ts: '100.000000', text: 'request' });
const reply = aMessage({ ts: '200.000000', threadTs: root.ts, text: 'reply' });

test('replies stand under their message, oldest first', () => {
  const early = aMessage({ ts: '150.000000', threadTs: root.ts, text: 'early' });
  const [entry, ...others] = buildTimeline([reply, root, early], [], APPROVER);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    message: { text: 'request' },
    replies: [{ text: 'early' }, { text: 'reply' }],
  });
});

test('a reply that the channel sees too stands in both places', () => {
  const broadcast = { ...reply, broadcast: true };
  const entries = buildTimeline([root, broadcast], [], APPROVER);
  expect(entries).toMatchObject([
    { replies: [{ text: 'reply' }] },
    { message: { text: 'reply' }, replies: [] },
  ]);
});

test('what only one person sees is hidden from everybody else', () => {
  const secret = aMessage({ ts: '300.000000', ephemeralFor: APPROVER, text: 'for you' });
  const note = { id: 1, user: APPROVER, at: 400, text: 'not answered in time' };
  expect(buildTimeline([root, secret], [note], REQUESTER).map(({ key }) => key)).toEqual([root.ts]);
  expect(buildTimeline([root, secret], [note], APPROVER).map(({ key }) => key)).toEqual([
    root.ts,
    secret.ts,
    'note-1',
  ]);
});
