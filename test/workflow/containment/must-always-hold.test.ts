import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import type { Target } from '../../../workflow/events/change.ts';
import { sha256, unpack } from '../../../workflow/inspection/packed-document.ts';
import type { Decision } from '../../../workflow/ledger/request.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { discard } from '../../../workflow/steps/discard.ts';
import { restore } from '../../../workflow/steps/restore.ts';
import { ACCOUNT, fixtureIdentity } from '../../support/fixture-events.ts';
import { Guard } from '../../support/guard.ts';
import { times } from '../../support/times.ts';
import {
  ARN,
  attachEvent,
  BAD,
  defaultEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
  WORSE,
} from '../../support/ways-in.ts';

const DOCUMENTS = [HARMLESS, BAD, WORSE];

const POLICY: Target = { type: 'managed-policy', policyArn: ARN, versionId: 'v1' };
const INLINE: Target = {
  type: 'inline-policy',
  entity: 'role',
  entityName: HOLDER.role,
  policyName: INLINE_NAME,
};
const ATTACHMENT: Target = {
  type: 'attachment',
  entity: 'user',
  entityName: HOLDER.user,
  policyArn: ARN,
};

/** An account in which requesters, CloudTrail and approvers do one thing after the other, in any order. */
class Account {
  readonly guard = new Guard();
  private readonly coming: object[] = [];
  private readonly delivered: object[] = [];
  private events = 0;

  constructor() {
    this.guard.iam.createPolicy(ARN, HARMLESS);
    this.guard.iam.createHolder('role', HOLDER.role);
    this.guard.iam.createHolder('user', HOLDER.user);
  }

  createVersion(document: string): void {
    if (this.guard.iam.policy(ARN).versions.size >= 5) return;
    const versionId = this.guard.iam.createVersion(ARN, document);
    this.coming.push(versionEvent(versionId, document, this.eventId()));
  }

  setDefault(choice: number): void {
    const versionId = pick([...this.guard.iam.policy(ARN).versions.keys()], choice);
    if (versionId === undefined) return;
    this.guard.iam.setDefault(ARN, versionId);
    this.coming.push(defaultEvent(versionId, this.eventId()));
  }

  put(document: string): void {
    this.guard.iam.putInline('role', HOLDER.role, INLINE_NAME, document);
    this.coming.push(putEvent('role', document, this.eventId()));
  }

  attach(): void {
    this.guard.iam.attach('user', HOLDER.user, ARN);
    this.coming.push(attachEvent('user', this.eventId()));
  }

  async deliver(choice: number, ledgerDown: boolean): Promise<void> {
    const event = pick(this.coming, choice);
    if (event === undefined) return;
    this.coming.splice(this.coming.indexOf(event), 1);
    this.delivered.push(event);
    await this.handle(event, ledgerDown);
  }

  async deliverAgain(choice: number): Promise<void> {
    const event = pick(this.delivered, choice);
    if (event !== undefined) await this.handle(event, false);
  }

  decide(choice: number, decision: Decision['decision']): void {
    const request = pick(this.requests('pending'), choice);
    if (request !== undefined) this.guard.ledger.decide(request.id, decision);
  }

  async carryOut(choice: number): Promise<void> {
    const request = pick(this.requests('decided'), choice);
    if (request === undefined) return;
    const step = request.decision?.decision === 'approved' ? restore : discard;
    const { outcome } = await this.guard.carryOut(request.id, step);
    this.guard.ledger.close(request.id, outcome);
  }

  /** Every event has come, and every decision is carried out. */
  async settle(): Promise<void> {
    while (this.coming.length > 0) await this.deliver(0, false);
    while (this.requests('decided').length > 0) await this.carryOut(0);
  }

  requests(status: 'pending' | 'decided') {
    return [...this.guard.ledger.requests.values()].filter((request) => request.status === status);
  }

  /** What is in force now, and where an approval of it may sit. */
  grants(): { document: string; on: Target[] }[] {
    const { iam } = this.guard;
    const inline = iam.holder('role', HOLDER.role).inline.get(INLINE_NAME);
    const attached = iam.holder('user', HOLDER.user).attached.has(ARN);
    return [
      { document: iam.inForce(ARN), on: [POLICY] },
      ...(inline === undefined ? [] : [{ document: inline, on: [INLINE] }]),
      ...(attached ? [{ document: iam.inForce(ARN), on: [POLICY, ATTACHMENT] }] : []),
    ];
  }

  isApproved(document: string, on: Target[]): boolean {
    const keys = on.map((target) => targetKey(ACCOUNT, target));
    return [...this.guard.ledger.requests.values()].some(
      (request) =>
        request.decision?.decision === 'approved' &&
        request.document?.sha256 === sha256(document) &&
        keys.includes(targetKey(ACCOUNT, request.change.target)),
    );
  }

  private async handle(event: object, ledgerDown: boolean): Promise<void> {
    this.guard.ledger.down = ledgerDown;
    const judgement = await this.guard.inspect(event);
    const quarantined =
      judgement.verdict === 'restricted' ? await this.guard.quarantine(judgement) : undefined;
    this.guard.ledger.down = false;
    if (quarantined !== undefined) await this.guard.record(quarantined);
  }

  private eventId(): string {
    return `event-${++this.events}`;
  }
}

function pick<T>(from: readonly T[], choice: number): T | undefined {
  return from[choice % from.length];
}

type Act = (account: Account) => void | Promise<void>;

const choice = fc.nat(7);
const document = fc.constantFrom(...DOCUMENTS);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: document.map((one) => named(`createVersion ${one}`, (a) => a.createVersion(one))) },
  { weight: 2, arbitrary: choice.map((n) => named(`setDefault ${n}`, (a) => a.setDefault(n))) },
  { weight: 3, arbitrary: document.map((one) => named(`put ${one}`, (a) => a.put(one))) },
  { weight: 2, arbitrary: fc.constant(named('attach', (a) => a.attach())) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(choice, fc.boolean())
      .map(([n, down]) =>
        named(`deliver ${n}${down ? ', the ledger being down' : ''}`, (a) => a.deliver(n, down)),
      ),
  },
  { weight: 1, arbitrary: choice.map((n) => named(`deliverAgain ${n}`, (a) => a.deliverAgain(n))) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(choice, fc.constantFrom<Decision['decision']>('approved', 'denied', 'expired'))
      .map(([n, decision]) => named(`decide ${n} ${decision}`, (a) => a.decide(n, decision))),
  },
  { weight: 4, arbitrary: choice.map((n) => named(`carryOut ${n}`, (a) => a.carryOut(n))) },
);

/** So that a run that fails can be read. */
function named(name: string, run: Act): Act {
  return Object.assign(run, { [fc.toStringMethod]: () => name });
}

async function settled(acts: Act[], check: (account: Account) => void): Promise<void> {
  const account = new Account();
  for (const one of acts) await one(account);
  await account.settle();
  check(account);
}

const acts = fc.array(act, { maxLength: 25 });
const RUNS = { numRuns: times(200) };

describe('whatever order changes, events and decisions come in', () => {
  it('1. fail closed: nothing restricted is in force without an approval of exactly that document', async () => {
    const check = (account: Account) => {
      for (const { document, on } of account.grants()) {
        if (document === BAD || document === WORSE) expect(account.isApproved(document, on)).toBe(true);
      }
    };
    await fc.assert(
      fc.asyncProperty(acts, (run) => settled(run, check)),
      RUNS,
    );
  });

  it('2. nothing lost: the original of what waits can be read back byte for byte', async () => {
    const check = (account: Account) => {
      for (const request of account.requests('pending')) {
        const original = request.document && unpack(request.document);
        expect([BAD, WORSE]).toContain(original);
        const { target } = request.change;
        const held = account.guard.iam.policy(ARN).versions;
        if (target.type === 'managed-policy' && held.has(target.versionId)) {
          expect(held.get(target.versionId)).toBe(original);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(acts, (run) => settled(run, check)),
      RUNS,
    );
  });

  it('7. the guard’s own writes start nothing, and nobody else’s write is skipped', async () => {
    const own = { userIdentity: fixtureIdentity('contain-role') };
    const guard = new Guard();
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, PLACEHOLDER);
    guard.iam.createHolder('role', HOLDER.role);
    for (const event of [
      versionEvent('v2', PLACEHOLDER),
      defaultEvent('v2'),
      putEvent('role', PLACEHOLDER),
    ]) {
      const { end } = await guard.handle({ ...event, detail: { ...event.detail, ...own } });
      expect(end).toBe('own-change');
    }
    expect(guard.ledger.requests.size).toBe(0);
    guard.iam.putInline('role', HOLDER.role, INLINE_NAME, WORSE);
    const stolen = putEvent('role', WORSE);
    const { end } = await guard.handle({ ...stolen, detail: { ...stolen.detail, ...own } });
    expect(end).toBe('waiting');
  });
});
