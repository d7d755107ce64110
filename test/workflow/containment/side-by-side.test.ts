import { expect, test } from 'vitest';
import type { IamWriter } from '../../../workflow/account/iam/iam.ts';
import { guard } from '../../support/each-guard.ts';
import { ARN, BAD, versionEvent, WAYS_IN, WORSE } from '../../support/ways-in.ts';

const WRITE = /^(?:createDefaultPolicyVersion|setDefaultPolicyVersion|putInlinePolicy|detach)$/;

/**
 * Lets every call wait for those that are made with it.
 *
 * @returns the calls, of each round those that were made before any of them was answered
 */
function inRounds(writer: IamWriter): { iam: IamWriter; rounds: string[][] } {
  const rounds: string[][] = [];
  let answered: Promise<void> | undefined;
  const joinRound = (name: string) => {
    if (answered === undefined) {
      rounds.push([]);
      answered = new Promise((resolve) => {
        setTimeout(() => {
          answered = undefined;
          resolve();
        });
      });
    }
    rounds.at(-1)?.push(name);
    return answered;
  };
  const iam = new Proxy(writer, {
    get:
      (target, name: keyof IamWriter & string) =>
      async (...args: never[]) => {
        await joinRound(name);
        return (target[name] as (...all: never[]) => unknown)(...args);
      },
  });
  return { iam, rounds };
}

/** How many rounds of calls to IAM there are until the one that takes the grant out of force. */
async function roundsUntilOut(event: unknown): Promise<number> {
  const { iam, rounds } = inRounds(guard.iam.writer());
  guard.over = iam;
  await guard.handle(event);
  return 1 + rounds.findIndex((calls) => calls.some((name) => WRITE.test(name)));
}

test.each(WAYS_IN)('$eventName is out of force in few rounds of calls to IAM', async (way) => {
  way.prepare(guard.iam);
  way.make(guard.iam);
  const rounds = await roundsUntilOut(way.event());
  // Which version is to be judged, IAM alone tells; and who has a name that can be given to another, as late as can be:
  // beside the look at an inline policy, which is the last before it is written.
  const takesOneMore = /^(?:SetDefaultPolicyVersion|Attach(?:User|Group)Policy)$/;
  expect(rounds).toBe(takesOneMore.test(way.eventName) ? 4 : 3);
});

test('so is a version before which there was nothing harmless', async () => {
  guard.iam.createPolicy(ARN, WORSE);
  const versionId = guard.iam.createVersion(ARN, BAD);
  expect(await roundsUntilOut(versionEvent(versionId, BAD))).toBe(3);
});
