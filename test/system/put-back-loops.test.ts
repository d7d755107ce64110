import * as iam from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { SandboxState } from '../../infra/sandbox/api/contract.ts';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import { type GuardedSandbox, granting, withinSandbox } from '../support/guarded-sandbox.ts';

/** Each call of a loop starts an execution: a machine that falls behind is given time, or it would never catch up. */
const MOST_AT_WORK = 6;

async function catchUp(guard: GuardedSandbox): Promise<void> {
  await guard.until('that the guard keeps up', ({ executions }) =>
    executions.filter(({ status }) => status === 'RUNNING').length <= MOST_AT_WORK ? true : undefined,
  );
}

const BAD = granting('s3:DeleteBucket');

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('whoever puts it back again and again', () => {
  // IAM takes some ten writes a second of an account.
  test.each([100, 250])('every %i ms, as a version, is left with nothing', (milliseconds) =>
    withinSandbox({}, async (guard) => {
      const PolicyArn = await guard.create({ name: 'loop', document: BAD });
      const again = new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' });
      // Until there is nothing to put back, which a busy machine takes more tries for.
      for (let tries = 0, refused = ''; refused !== 'NoSuchEntityException'; tries += 1) {
        expect(tries).toBeLessThan(1_000);
        refused = await guard.iam.send(again).then(
          () => '',
          (error) => error.name,
        );
        await pause(milliseconds);
        await catchUp(guard);
      }
      await guard.settled();
      const { policies } = await guard.state();
      const left = policies.find(({ arn }) => arn === PolicyArn)?.versions.map(({ document }) => document);
      expect(left).not.toEqual([]);
      expect(left?.filter((document) => document.includes('Allow'))).toEqual([]);
      expect(guard.failures).toEqual([]);
    }),
  );

  test('with its document has it taken out each time, and is named once, with how often', () =>
    withinSandbox({}, async (guard) => {
      const grant = { UserName: 'loop', PolicyName: 'grant', PolicyDocument: BAD };
      await guard.iam.send(new iam.CreateUserCommand(grant));
      const loud = ({ slack }: SandboxState) =>
        slack.messages.filter(
          (each) => each.text.includes('<!channel>') && JSON.stringify(each).includes('loop'),
        );
      // Until it is told, and some more: a busy machine takes out several at once, which are no put-backs.
      for (let left = 6, times = 0; left > 0; left -= loud(await guard.state()).length) {
        await guard.iam.send(new iam.PutUserPolicyCommand(grant));
        expect(times++).toBeLessThan(300);
        await pause(150);
        await catchUp(guard);
      }
      await guard.settled();
      const state = await guard.state();
      const holder = state.entities.find(({ name }) => name === 'loop');
      expect(holder?.inlinePolicies.map(({ document }) => document)).toEqual([PLACEHOLDER]);
      expect(loud(state).map(({ text }) => text)).toHaveLength(1);
      expect(JSON.stringify(loud(state))).toContain('developer');
      expect(guard.failures).toEqual([]);
    }));
});
