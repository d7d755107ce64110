import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { pass, passUntil } from '../time/virtual-time.ts';
import { rest } from '../world/world.ts';
import { NAME } from './containments.ts';
import { HARMLESS, WORSE } from './documents.ts';
import { ADA, buttonOf, click, DEVON, decide, GRACE, GUEST, linkOf, post } from './people.ts';
import type { Stage } from './play.ts';
import { setSandboxFaults } from './sandbox-faults.ts';
import { SWEEPS } from './sweeps.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ARN = `arn:aws:iam::123456789012:policy/${NAME}`;

/** Something that comes at the wrong moment, or twice, or from the wrong person. */
interface Order {
  name: string;
  /** Containments that it can happen to; all unless given. */
  of?: readonly string[];
  story(stage: Stage): Promise<void>;
}

export const ORDERS: readonly Order[] = [
  { name: 'the event comes twice at once', story: twiceAtOnce },
  { name: 'the event comes again while the request waits', story: againWhileWaiting },
  { name: 'the event comes again after the approval', story: againAfterApproval },
  { name: 'the event comes again after the denial', story: againAfterDenial },
  { name: 'the event comes a quarter of an hour late', story: late },
  { name: 'events of two changes change places', of: ['version'], story: changedPlaces },
  { name: 'others click, and everybody clicks in every state', story: everyState },
  { name: 'two people approve and deny at one instant', story: approveAndDeny },
  { name: 'Slack approves and an e-mail denies at one instant', story: slackAndEmail },
  { name: 'the requester puts it back while it waits, then it is denied', story: putBackThenDenied },
  { name: 'the requester puts it back at once, three times', story: putBackAtOnce },
  { name: 'the requester puts it back after the denial', story: putBackAfterDenial },
  { name: 'the requester deletes the policy while it waits', of: ['new policy'], story: deleted },
  { name: 'the requester attaches the policy while it waits', of: ['new policy'], story: attached },
  { name: 'a second restricted version comes while the first waits', of: ['version'], story: second },
  { name: 'something harmless takes its place, then it is approved', of: ['version'], story: harmless },
  ...SWEEPS,
];

function eventOf({ world }: Stage): object {
  const first = world.sandbox.executions().at(-1);
  return JSON.parse(first?.input ?? '{}') as object;
}

/** Makes the change, and waits until people are asked about it. */
async function waits(stage: Stage): Promise<void> {
  await stage.makeChange();
  await stage.asked();
}

async function twiceAtOnce(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect('approved');
  await stage.makeChange();
  await pass(() => world.sandbox.executions().length > 0, MINUTE_MS);
  world.sandbox.redeliver(eventOf(stage));
  await stage.asked();
  watch.approvalIsGiven();
  await decide(world, 'approve');
}

async function againWhileWaiting(stage: Stage): Promise<void> {
  stage.expect('denied');
  await waits(stage);
  stage.world.sandbox.redeliver(eventOf(stage));
  await pass(() => false, MINUTE_MS);
  await decide(stage.world, 'deny');
}

async function againAfterApproval(stage: Stage): Promise<void> {
  stage.expect('approved');
  await waits(stage);
  stage.watch.approvalIsGiven();
  await decide(stage.world, 'approve');
  stage.world.sandbox.redeliver(eventOf(stage));
}

async function againAfterDenial(stage: Stage): Promise<void> {
  stage.expect('denied');
  await waits(stage);
  await decide(stage.world, 'deny');
  stage.world.sandbox.redeliver(eventOf(stage));
}

async function late(stage: Stage): Promise<void> {
  stage.expect('denied');
  await setSandboxFaults(stage.world, { cloudTrailDelayMs: 15 * MINUTE_MS });
  await stage.makeChange();
  await pass(() => stage.world.sandbox.executions().length > 0, 2 * HOUR_MS);
  await setSandboxFaults(stage.world, { cloudTrailDelayMs: 20 });
  await stage.asked();
  await decide(stage.world, 'deny');
}

/** The event of the restricted version comes after that of a harmless one that was made later. */
async function changedPlaces(stage: Stage): Promise<void> {
  stage.expect();
  stage.disturb();
  await setSandboxFaults(stage.world, { cloudTrailDelayMs: 5_000 });
  await stage.makeChange();
  await setSandboxFaults(stage.world, { cloudTrailDelayMs: 20 });
  const later = { PolicyArn: ARN, PolicyDocument: HARMLESS, SetAsDefault: true };
  await passUntil(stage.world.iamAs('developer').send(new CreatePolicyVersionCommand(later)));
  await pass(() => false, MINUTE_MS);
  await decide(stage.world, 'deny');
}

async function everyState(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect('approved');
  await waits(stage);
  const button = buttonOf(world);
  if (button === undefined) return;
  for (const user of [DEVON, GUEST]) await passUntil(click(world, button, 'approve', user));
  watch.approvalIsGiven();
  await passUntil(click(world, button, 'approve', ADA));
  await passUntil(click(world, button, 'deny', GRACE));
  await rest(world, HOUR_MS);
  for (const user of [ADA, GRACE, DEVON]) await passUntil(click(world, button, 'deny', user));
}

/** Both are on their way before either is answered. Whoever comes first decides. */
async function approveAndDeny(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect();
  await waits(stage);
  const button = buttonOf(world);
  if (button === undefined) return;
  watch.approvalIsGiven();
  await passUntil(Promise.all([click(world, button, 'deny', GRACE), click(world, button, 'approve', ADA)]));
  await rest(world, HOUR_MS);
}

/** Slack is away at first, so there is an e-mail; a reminder brings the buttons. */
async function slackAndEmail(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect();
  world.sandbox.slack.workspace.up = false;
  await waits(stage);
  world.sandbox.slack.workspace.up = true;
  await pass(() => buttonOf(world) !== undefined, HOUR_MS);
  const button = buttonOf(world);
  const link = linkOf(world, 'deny');
  if (button === undefined || link === undefined) return;
  watch.approvalIsGiven();
  await passUntil(Promise.all([post(link), click(world, button, 'approve')]));
  await rest(world, HOUR_MS);
}

async function putBack({ world, containment }: Stage): Promise<void> {
  await passUntil(containment.putBack(world.iamAs('developer')).catch(() => undefined));
}

async function putBackThenDenied(stage: Stage): Promise<void> {
  stage.expect('denied');
  stage.disturb();
  await waits(stage);
  await putBack(stage);
  await pass(() => false, MINUTE_MS);
  await decide(stage.world, 'deny');
}

async function putBackAtOnce(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect('denied');
  stage.disturb();
  await stage.makeChange();
  for (let times = 0; times < 3; times += 1) {
    const out = watch.outAt();
    await pass(() => watch.outAt() !== out || !stage.containment.inForce(world.sandbox.iam), MINUTE_MS);
    await putBack(stage);
  }
  await stage.asked();
  await decide(world, 'deny');
}

async function putBackAfterDenial(stage: Stage): Promise<void> {
  stage.expect('denied');
  stage.disturb();
  await waits(stage);
  await decide(stage.world, 'deny');
  await putBack(stage);
  await pass(() => buttonOf(stage.world) !== undefined, MINUTE_MS);
  await decide(stage.world, 'deny');
}

async function deleted(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect();
  stage.disturb();
  await waits(stage);
  const iam = world.iamAs('developer');
  await passUntil(iam.send(new DeletePolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v1' })));
  await passUntil(iam.send(new DeletePolicyCommand({ PolicyArn: ARN })));
  watch.approvalIsGiven();
  await decide(world, 'approve');
}

async function attached(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect();
  stage.disturb();
  await waits(stage);
  const iam = world.iamAs('developer');
  await passUntil(iam.send(new CreateUserCommand({ UserName: NAME })));
  await passUntil(iam.send(new AttachUserPolicyCommand({ UserName: NAME, PolicyArn: ARN })));
  await pass(() => false, MINUTE_MS);
  watch.approvalIsGiven();
  await decide(world, 'approve');
  await passUntil(
    iam.send(new DetachUserPolicyCommand({ UserName: NAME, PolicyArn: ARN })).catch(() => undefined),
  );
}

async function second(stage: Stage): Promise<void> {
  stage.expect('denied');
  stage.disturb();
  await waits(stage);
  const worse = { PolicyArn: ARN, PolicyDocument: WORSE, SetAsDefault: true };
  await passUntil(stage.world.iamAs('developer').send(new CreatePolicyVersionCommand(worse)));
  await pass(() => false, MINUTE_MS);
  await decide(stage.world, 'deny');
}

async function harmless(stage: Stage): Promise<void> {
  const { world, watch } = stage;
  stage.expect();
  stage.disturb();
  await waits(stage);
  const other = { PolicyArn: ARN, PolicyDocument: HARMLESS, SetAsDefault: true };
  await passUntil(world.iamAs('developer').send(new CreatePolicyVersionCommand(other)));
  watch.approvalIsGiven();
  await decide(world, 'approve');
}
