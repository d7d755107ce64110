import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SLACK_LIMITS } from '../../../../bot/app/limits.ts';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { onceMore } from '../../../../bot/notices/delivery/rate-limit.ts';

const LIMITED = new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited');
const BEGUN = new Date('2026-03-01T12:00:00.000Z');
const elapsed = (milliseconds: number) => ({
  limits: SLACK_LIMITS,
  now: () => new Date(BEGUN.getTime() + milliseconds),
});

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Lets a call fail so, and then work. */
function failing(error: Error) {
  return vi.fn<() => Promise<string>>().mockRejectedValueOnce(error).mockResolvedValue('told');
}

describe('what Slack is told during a click', () => {
  it('is told once more where its rate limit was hit', async () => {
    const call = failing(LIMITED);
    const told = onceMore(elapsed(1_100), BEGUN, call);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(await told).toBe('told');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is told once more only once', async () => {
    const call = failing(LIMITED).mockRejectedValueOnce(LIMITED);
    const told = expect(onceMore(elapsed(0), BEGUN, call)).rejects.toBe(LIMITED);
    await vi.advanceTimersByTimeAsync(1_100);
    await told;
    expect(call).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['the click has no time for it', 1_200, LIMITED],
    ['waiting does not help', 0, new SlackCallError('chat.postMessage', 'unreachable', 'HTTP 503')],
  ])('is not told again where %s', async (_, used, error) => {
    const call = failing(error);
    await expect(onceMore(elapsed(used), BEGUN, call)).rejects.toBe(error);
    expect(call).toHaveBeenCalledTimes(1);
  });
});
