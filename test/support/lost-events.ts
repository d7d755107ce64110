import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  NoSuchEntityException,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { seeded } from '../../infra/sandbox/faults/draws.ts';
import { type GuardedSandbox, granting } from './guarded-sandbox.ts';
import { restrictedInForce } from './restricted-in-force.ts';

const RESTRICTED = granting('s3:DeleteBucket');
const HARMLESS = granting('s3:GetObject');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** One restricted thing that somebody has put in force. */
interface Made {
  /** Where IAM shows it, as `restrictedInForce` names places. */
  place: string;
  isAbout(request: RequestState): boolean;
  /** Puts it in force again. */
  again(): Promise<unknown>;
}

type Make = (guard: GuardedSandbox, name: string) => Promise<Made>;

const madeVersion = (guard: GuardedSandbox, PolicyArn: string, VersionId: string): Made => ({
  place: PolicyArn,
  isAbout: ({ policyArn }) => policyArn === PolicyArn,
  again: () => guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId })),
});

/** A user, and a write to it. */
async function toUser(
  guard: GuardedSandbox,
  UserName: string,
  place: string,
  write: () => Promise<unknown>,
): Promise<Made> {
  await guard.iam.send(new CreateUserCommand({ UserName }));
  await write();
  const isAbout = ({ change: { target } }: RequestState) =>
    'entityName' in target && target.entityName === UserName;
  return { place, isAbout, again: write };
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
  (guard, UserName) => {
    const write = { UserName, PolicyName: 'own', PolicyDocument: RESTRICTED };
    return toUser(guard, UserName, `${UserName} inline own`, () =>
      guard.iam.send(new PutUserPolicyCommand(write)),
    );
  },
  (guard, UserName) => {
    const write = { UserName, PolicyArn: ADMINISTRATOR };
    return toUser(guard, UserName, `${UserName} attached ${ADMINISTRATOR}`, () =>
      guard.iam.send(new AttachUserPolicyCommand(write)),
    );
  },
];

/** What an hour has come to. */
export interface Hour {
  /** How many changes and decisions EventBridge was told nothing of. */
  lost: number;
  /** What the approvers approved and denied last: where it stands. */
  approved: string[];
  denied: string[];
  /** What stood there before the hour. */
  before: string[];
}

/** As in an hour: the sweep looks every quarter. */
const QUARTERS = 4;

interface Playing {
  changes: number;
  seed: number;
  /** A little more than `SWEEP_SETTLE_SECONDS`. Milliseconds. */
  settleMs: number;
}

/**
 * Plays an hour of restricted changes of which EventBridge drops about a third, as of what the guard itself does when
 * somebody decides. Some are put in force again while they wait, and after they were decided; approvers approve half.
 * After each quarter the account is swept, as twice within the ten minutes after.
 *
 * @param changes how many; 120 at most, for more than ten lost ones in a quarter are told before they are touched
 */
export async function loseAThird(guard: GuardedSandbox, { changes, seed, settleMs }: Playing): Promise<Hour> {
  const random = seeded(seed);
  let lost = 0;
  /** Does something whose events EventBridge drops in one of three cases. */
  const losing = async <T>(act: () => Promise<T>): Promise<T> => {
    const isLost = random() < 1 / 3;
    if (isLost) lost++;
    await guard.post('/api/faults', { events: isLost ? 'down' : 'up' });
    return act().finally(() => guard.post('/api/faults', { events: 'up' }));
  };
  const before = [...(await restrictedInForce(guard.iam)).keys()];
  const decided = new Map<string, 'approved' | 'denied'>();
  let open: Made[] = [];
  const pending = (made: Made) =>
    guard.asked((request) => made.isAbout(request) && request.status === 'pending');

  async function make(nth: number) {
    const kind = KINDS[Math.floor(random() * KINDS.length)] as Make;
    open.push(await losing(() => kind(guard, `change-${nth}`)));
  }
  async function decide(made: Made) {
    const request = await pending(made);
    const isApproved = random() < 1 / 2;
    await losing(async () => {
      await (isApproved ? guard.click(request, 'approve') : guard.deny(request));
      await guard.ended(request.id);
    });
    decided.set(made.place, isApproved ? 'approved' : 'denied');
  }
  /** What was denied is to be asked about anew. */
  async function again(made: Made) {
    try {
      await losing(made.again);
    } catch (error) {
      // A version that was denied is gone.
      if (error instanceof NoSuchEntityException) return;
      throw error;
    }
    if (decided.get(made.place) === 'denied') open.push(made);
  }

  await sweepTwice(guard, settleMs);
  for (let quarter = 0; quarter < QUARTERS; quarter++) {
    for (let nth = quarter; nth < changes; nth += QUARTERS) await make(nth);
    await sweepTwice(guard, settleMs);
    await Promise.all(open.map(pending));
    for (const made of open) if (random() < 1 / 3) await losing(made.again);
    await sweepTwice(guard, settleMs);
    await outOfForce(guard, open);
    const waiting = open;
    open = [];
    for (const made of waiting) await decide(made);
    // What comes after the last quarter is for the next hour.
    const isLast = quarter === QUARTERS - 1;
    for (const made of waiting)
      if (random() < 1 / 3 && !(isLast && decided.get(made.place) === 'denied')) await again(made);
  }
  await sweepTwice(guard, settleMs);
  await guard.settled();
  const all = (decision: string) => [...decided].filter(([, each]) => each === decision).map(([at]) => at);
  return { lost, before, approved: all('approved'), denied: all('denied') };
}

async function sweepTwice(guard: GuardedSandbox, settleMs: number): Promise<void> {
  await guard.post('/api/reconcile', {});
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  await guard.post('/api/reconcile', {});
}

/** While it waits, nothing of it is in force. */
const outOfForce = async (guard: GuardedSandbox, all: readonly Made[]) => {
  await guard.atRest();
  const inForce = await restrictedInForce(guard.iam);
  const still = all.filter(({ place }) => inForce.has(place)).map(({ place }) => place);
  if (still.length > 0) throw new Error(`Waits for a decision, and is in force: ${still.join(', ')}`);
};
