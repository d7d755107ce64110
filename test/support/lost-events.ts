import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { RequestState, SandboxState } from '../../infra/sandbox/api/contract.ts';
import { seeded } from '../../infra/sandbox/faults/draws.ts';
import { type GuardedSandbox, granting } from './guarded-sandbox.ts';

const RESTRICTED = granting('s3:DeleteBucket');
const HARMLESS = granting('s3:GetObject');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** One thing that somebody does, and how to see whether what it grants is in force. */
interface Made {
  isAbout(request: RequestState): boolean;
  inForce(state: SandboxState): boolean;
  /** Puts it in force again while it waits. */
  again(): Promise<unknown>;
}

type Make = (guard: GuardedSandbox, name: string) => Promise<Made>;

const versionInForce = (state: SandboxState, arn: string) =>
  state.policies.find((policy) => policy.arn === arn)?.versions.find(({ isDefault }) => isDefault)?.document;

function madeVersion(guard: GuardedSandbox, PolicyArn: string, VersionId: string): Made {
  return {
    isAbout: ({ policyArn }) => policyArn === PolicyArn,
    inForce: (state) => versionInForce(state, PolicyArn) === RESTRICTED,
    again: () => guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId })),
  };
}

const userOf = ({ entities }: SandboxState, name: string) =>
  entities.find((entity) => entity.type === 'user' && entity.name === name);

/** A user, and a write to it. */
async function toUser(
  guard: GuardedSandbox,
  UserName: string,
  write: () => Promise<unknown>,
  inForce: Made['inForce'],
): Promise<Made> {
  await guard.iam.send(new CreateUserCommand({ UserName }));
  await write();
  const isAbout = ({ change: { target } }: RequestState) =>
    'entityName' in target && target.entityName === UserName;
  return { isAbout, inForce, again: write };
}

const KINDS: readonly Make[] = [
  async (guard, name) => madeVersion(guard, await guard.create({ name, document: RESTRICTED }), 'v1'),
  async (guard, name) => {
    const { Policy } = await guard.iam.send(
      new CreatePolicyCommand({ PolicyName: name, PolicyDocument: HARMLESS }),
    );
    const PolicyArn = Policy?.Arn ?? '';
    const version = { PolicyArn, PolicyDocument: RESTRICTED, SetAsDefault: true };
    await guard.iam.send(new CreatePolicyVersionCommand(version));
    return madeVersion(guard, PolicyArn, 'v2');
  },
  (guard, UserName) =>
    toUser(
      guard,
      UserName,
      () =>
        guard.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: RESTRICTED })),
      (state) =>
        userOf(state, UserName)?.inlinePolicies.some((each) => each.document === RESTRICTED) ?? false,
    ),
  (guard, UserName) =>
    toUser(
      guard,
      UserName,
      () => guard.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR })),
      (state) => userOf(state, UserName)?.attachedPolicies.includes(ADMINISTRATOR) ?? false,
    ),
];

/** What came of one change. */
export interface Ended {
  name: string;
  lost: boolean;
  /** What the approvers said; undefined where nobody was asked. */
  decision: string | undefined;
  inForce: boolean;
}

/** As in an hour: the sweep looks every quarter. */
const QUARTERS = 4;

/** Two readings are so far apart: a little more than SWEEP_SETTLE_SECONDS. */
const settle = (settleMs: number) => new Promise((resolve) => setTimeout(resolve, settleMs));

/**
 * Plays an hour of restricted changes of which EventBridge drops about a third, and some of which are put in force again
 * while they wait; approvers approve half. After each quarter the account is swept, as twice within the ten minutes after.
 *
 * @param guard with `SWEEP_SETTLE_SECONDS` below `settleMs`
 * @param changes how many; 120 at most, for more than ten lost ones in a quarter are told before they are touched
 */
export async function loseAThird(
  guard: GuardedSandbox,
  { changes, seed, settleMs }: { changes: number; seed: number; settleMs: number },
): Promise<Ended[]> {
  const random = seeded(seed);
  const all: (Made & { name: string; lost: boolean; decision?: string })[] = [];
  const losing = async (lost: boolean) => {
    await guard.post('/api/faults', { events: lost ? 'down' : 'up' });
    return lost;
  };
  const sweepTwice = async () => {
    for (let times = 0; times < 2; times++) {
      await guard.post('/api/reconcile', {});
      await settle(settleMs);
    }
    await guard.post('/api/reconcile', {});
  };
  await guard.post('/api/reconcile', {});
  for (let quarter = 0; quarter < QUARTERS; quarter++) {
    for (let nth = quarter; nth < changes; nth += QUARTERS) {
      const lost = await losing(random() < 1 / 3);
      const make = KINDS[Math.floor(random() * KINDS.length)] as Make;
      const name = `change-${nth}`;
      all.push({ ...(await make(guard, name)), name, lost });
    }
    await losing(false);
    await sweepTwice();
    for (const made of all.filter(({ decision }) => decision === undefined)) {
      const request = await guard.asked(made.isAbout);
      if (random() < 1 / 4) {
        await losing(true);
        await made.again();
        await losing(false);
        await sweepTwice();
        await guard.until(`${made.name} out of force`, (state) => !made.inForce(state) || undefined);
      }
      made.decision = random() < 1 / 2 ? 'approved' : 'denied';
      if (made.decision === 'approved') await guard.click(request, 'approve');
      else await guard.deny(request);
      await guard.ended(request.id);
    }
  }
  await sweepTwice();
  await guard.settled();
  const state = await guard.state();
  return all.map((made) => ({
    ...{ name: made.name, lost: made.lost, inForce: made.inForce(state) },
    decision: state.requests.find(made.isAbout)?.decision?.decision,
  }));
}
