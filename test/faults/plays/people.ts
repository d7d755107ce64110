import type { SlackReply } from '../../../infra/sandbox/api/contract.ts';
import { pass, passUntil } from '../time/virtual-time.ts';
import { fromOutside } from '../world/calls.ts';
import { allSucceeded, rest, type World } from '../world/world.ts';

export const ADA = 'U0ADALOVE';
export const GRACE = 'U0GRACEHO';
export const DEVON = 'U0DEVONDE';
export const GUEST = 'U0GUESTGU';

const APPROVERS = [ADA, GRACE];

export type Verdict = 'approve' | 'deny';

const MINUTE_MS = 60_000;
/** Between two tries of a person who has seen nothing happen. */
const PATIENCE_MS = 10 * MINUTE_MS;
/** Then people have gone home. */
const TRIES = 30;

interface Button {
  channel: string;
  ts: string;
}

/** The message that asks, if its buttons are still there. */
export function buttonOf(world: World): Button | undefined {
  return world.sandbox.slack.workspace.messages.find(
    ({ blocks, ephemeralFor }) =>
      ephemeralFor === null && JSON.stringify(blocks).includes('"action_id":"approve"'),
  );
}

/** The newest e-mail's link that decides so. */
export function linkOf(world: World, verdict: Verdict): string | undefined {
  return world.sandbox.emails
    .flatMap(({ links }) => links)
    .findLast((link) => link.includes(`decision=${verdict}`));
}

export const isAsked = (world: World): boolean =>
  buttonOf(world) !== undefined || linkOf(world, 'approve') !== undefined;

/** One click, with the reason that denying asks for. */
export async function click(world: World, button: Button, verdict: Verdict, user = ADA): Promise<SlackReply> {
  const { interactions } = world.sandbox.slack;
  const { channel, ts } = button;
  const reply = await interactions.click({ user, channel, ts, action_id: verdict });
  if (verdict === 'approve' || reply.view === null) return reply;
  const { id, view } = reply.view;
  return interactions.submit({ user, view_id: id, values: filledIn(view) });
}

/** The form behind the link, sent. @returns whether the page says that it has decided, or counts */
export async function post(link: string): Promise<boolean> {
  const [status, page] = await fromOutside(async () => {
    const answer = await fetch(link, { method: 'POST' });
    return [answer.status, await answer.text()] as const;
  });
  return isTakenByLink(status, page);
}

/** Of what was over before, the page says so with the same status: whoever came too late has not decided. */
export function isTakenByLink(status: number, page: string): boolean {
  return status === 200 && !page.includes('Nothing was changed by this link');
}

/**
 * Those who may decide do so in turns, as where nobody knows who made a change, and it needs two of them, and try again
 * as people do until it is over: in Slack, or by the e-mail where Slack shows no buttons.
 *
 * @returns whether they ever got an answer that said yes
 */
export async function decide(world: World, verdict: Verdict): Promise<boolean> {
  let taken = false;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const seen = await pass(() => isAsked(world) || isOver(world), PATIENCE_MS);
    if (allSucceeded(world)) return taken;
    // What has died is taken up again by itself; buttons that are there can be clicked meanwhile.
    const isShown = () => buttonOf(world) !== undefined;
    if (isOver(world) && !isShown() && !(await pass(() => !isOver(world), PATIENCE_MS))) return taken;
    if (seen) taken = (await tryOnce(world, verdict, APPROVERS[tries % APPROVERS.length])) || taken;
    if (isShown()) await pass(() => !isOver(world), PATIENCE_MS);
    await rest(world, PATIENCE_MS);
  }
  return taken;
}

const isOver = (world: World) => world.sandbox.executions().every(({ status }) => status !== 'RUNNING');

async function tryOnce(world: World, verdict: Verdict, user: string | undefined): Promise<boolean> {
  const button = world.faults.isAway('slack') ? undefined : buttonOf(world);
  const link = linkOf(world, verdict);
  if (button !== undefined) {
    return isTaken(await passUntil(click(world, button, verdict, user)));
  }
  return link !== undefined && (await passUntil(post(link)));
}

/** Whether Slack shows the person nothing that says no. */
function isTaken({ ok, warning, ephemeral, errors }: SlackReply): boolean {
  const told = ephemeral.map(({ text }) => text).join(' ');
  return ok && warning === null && errors === null && !/\b(not|nothing|cannot|again)\b/i.test(told);
}

/** `view.state.values` of a modal with a reason in every input. */
function filledIn(view: Record<string, unknown>): Record<string, Record<string, object>> {
  const inputs = (view.blocks as Record<string, unknown>[]).filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map(({ block_id, element }) => {
      const { type, action_id } = element as { type: string; action_id: string };
      return [String(block_id), { [action_id]: { type, value: 'Not like this.' } }];
    }),
  );
}
