import { describe, expect, test } from 'vitest';
import { ADA, GRACE, withinSandbox } from '../support/guarded-sandbox.ts';

describe('many requests at once', () => {
  test('forty by one requester arrive in one thread, and are decided one by one or all together', async () => {
    await withinSandbox({ RESTRICTED_ACTIONS: 's3:DeleteBucket' }, async (guard) => {
      for (let count = 0; count < 40; count++) await guard.create();
      const requests = await guard.until('forty requests in Slack', (state) =>
        state.requests.filter(({ slack }) => slack).length === 40 ? state.requests : undefined,
      );
      const { emails, slack } = await guard.state();
      expect(emails).toEqual([]);
      const inChannel = slack.messages.filter(
        ({ threadTs, channel }) => threadTs === null && channel === slack.channel.id,
      );
      expect(inChannel.length).toBeLessThanOrEqual(5);
      const grouped = requests.filter((request) => request.slack?.threadTs !== undefined);
      expect(grouped.length).toBeGreaterThanOrEqual(36);

      const [one] = grouped;
      if (one?.slack?.threadTs === undefined) throw new Error('Nothing is grouped.');
      await guard.click(one, 'approve', ADA);
      expect(await guard.ended(one.id)).toMatchObject({ outcome: 'approved' });
      const top = { slack: { channel: one.slack.channel, ts: one.slack.threadTs } };
      const asked = await guard.click(top, 'deny_all', GRACE);
      const answer = await guard.submit(asked, 'Not forty of them.', GRACE);
      expect(answer).toMatchObject({ ok: true, warning: null });
      const ended = await guard.until('the end of all', (state) => {
        const ids = new Set(grouped.map(({ id }) => id));
        const ofGroup = state.requests.filter(({ id }) => ids.has(id));
        return ofGroup.length === ids.size && ofGroup.every(({ outcome }) => outcome) ? ofGroup : undefined;
      });
      expect(ended.filter(({ outcome }) => outcome === 'denied')).toHaveLength(grouped.length - 1);
      expect(ended.every(({ decision }) => decision?.by.slackUserId !== undefined)).toBe(true);
    });
  });
});
