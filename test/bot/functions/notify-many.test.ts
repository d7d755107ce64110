import { describe, expect, it } from 'vitest';
import type { Waiting } from '../../../workflow/steps/payloads.ts';
import { aChange } from '../../support/requests.ts';
import { EXECUTION, quarantined } from '../notices/states.ts';
import { world } from './each-notify-world.ts';

const MANY = 40;

async function record(index: number): Promise<Waiting> {
  const id = `r${index}`;
  const target = { type: 'inline-policy', entity: 'role', entityName: 'deployer', policyName: id } as const;
  const state = quarantined(id, {
    change: aChange({ requestId: id, target }),
    ...{ containment: { type: 'inline-policy' }, executionArn: `${EXECUTION}-${id}` },
  });
  return (await world.notify({ step: 'record', state })) as Waiting;
}

/** As the state machine does it: again after 1 s, 1.5 s, … up to 15 s, of which jitter takes a part, 30 times. */
async function askWithRetries(requests: readonly Waiting[]): Promise<void> {
  const waiting = requests.map((state, index) => ({ state, index, tries: 0, at: 0 }));
  for (let now = 0; waiting.length > 0; now += 0.5, world.pass(0.5)) {
    for (const each of waiting.filter(({ at }) => at <= now)) {
      try {
        const { state, tries } = each;
        await world.notify({ step: 'request-approval', state, taskToken: 'token', retryCount: tries });
        waiting.splice(waiting.indexOf(each), 1);
      } catch (error) {
        expect(error).toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
        const jitter = ((each.index * 7 + each.tries * 3) % 10) / 10;
        each.at = now + Math.min(15, 1.5 ** each.tries) * jitter;
        each.tries += 1;
      }
    }
  }
}

describe('many requests at once', () => {
  it('all arrive in one thread, whatever Slack’s rate limit, and none has to go by e-mail', async () => {
    const requests: Waiting[] = [];
    for (let index = 0; index < MANY; index++) requests.push(await record(index));
    await askWithRetries(requests);
    const [group, ...replies] = world.messages();
    expect(replies).toHaveLength(MANY);
    expect(new Set(replies.map(({ threadTs }) => threadTs))).toEqual(new Set([group?.ts]));
    expect(group?.text).toMatch(new RegExp(`^${MANY} changes held: `));
    expect(world.emails()).toEqual([]);
  });
});
