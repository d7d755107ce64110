import { createHash } from 'node:crypto';
import type { GroupClaim } from '../../../workflow/ledger/groups.ts';
import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { threadOf } from '../../media/slack/api/slack-api.ts';
import { messengerIds } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { nobodyHeard } from '../delivery/errors.ts';
import { postClaimed } from '../delivery/post-claimed.ts';
import { waitOutRateLimit } from '../delivery/rate-limit.ts';
import { groupSince } from '../group/rule.ts';
import { escalationEmail } from './email.ts';
import { escalationMessage } from './message.ts';
import type { DescribedEscalation } from './words.ts';

/** Where people were told as loudly as it goes. */
export interface ToldEverywhere {
  /** In words. */
  where: string;
  /** Of the message and of the e-mail, for the audit trail. */
  ids: ReturnType<typeof messengerIds>;
}

/**
 * As loudly as it goes: the whole channel, and by e-mail. What fails in the same way within ten minutes is one incident:
 * it calls once, and the other changes stand in the thread of that message.
 *
 * @throws NotDeliveredError when neither Slack nor e-mail took it
 */
export async function tellEverywhere(
  deps: NotifyDeps,
  described: DescribedEscalation,
): Promise<ToldEverywhere> {
  const incident = await claimIncident(deps, described);
  if (incident?.status === 'open') {
    const reply = await replied(deps, described, incident.message);
    if (reply !== undefined)
      return { where: 'in Slack, in the thread of its incident', ids: messengerIds(reply) };
  }
  const [slack, email] = await Promise.allSettled([
    // E-mail alone would do for the state machine, so that waiting for Slack's limit falls to this step.
    postLoudly(deps, described, incident),
    deps.email.send(escalationEmail(described, deps.settings.ACCOUNT_NAMES)),
  ]);
  if (slack.status === 'rejected') deps.metrics.slackFailed();
  if (slack.status === 'rejected' && email.status === 'rejected') {
    throw nobodyHeard(slack.reason, email.reason);
  }
  const ids = {
    ...(slack.status === 'fulfilled' && messengerIds(slack.value)),
    ...(email.status === 'fulfilled' && messengerIds(email.value)),
  };
  if (slack.status === 'rejected') return { where: onlyOneWay(deps, 'by e-mail', slack.reason), ids };
  if (email.status === 'rejected') return { where: onlyOneWay(deps, 'in Slack', email.reason), ids };
  return { where: 'in Slack and by e-mail', ids };
}

/** By what failed and how: the same trouble with many changes has one key. `failure` begins with the error's name. */
function incidentKey({ title, danger }: DescribedEscalation, failure: string): string {
  const error = failure.slice(0, failure.indexOf(':'));
  return `incident:${createHash('sha256').update(`${title}|${danger}|${error}`).digest('hex').slice(0, 16)}`;
}

/** How often another execution's message is waited for, and for how long each time. Milliseconds. */
const WAITS = 2;
const WAIT_MS = 1_000;

/** A claim, and under which key. */
type Incident = GroupClaim & { key: string };

/**
 * @returns undefined where nothing has failed, and where the ledger does not tell: then it stands by itself, for loud is
 * better than lost
 */
async function claimIncident(
  { ledger, log, now, pause }: NotifyDeps,
  described: DescribedEscalation,
): Promise<Incident | undefined> {
  const { failure } = described;
  if (failure === undefined) return undefined;
  const key = incidentKey(described, failure);
  return bestEffort(
    log.warn,
    'An escalation could not be put with others; it stands by itself.',
    {},
    async () => {
      for (let waited = 0; ; waited++) {
        const at = now();
        const claim = await ledger.claimGroup(key, groupSince(at), at.toISOString());
        if (claim.status !== 'busy' || waited === WAITS) return { ...claim, key };
        await pause(WAIT_MS);
      }
    },
  );
}

/** @returns undefined when Slack did not take it: then it is told as if it were the first */
function replied(
  deps: NotifyDeps,
  described: DescribedEscalation,
  first: SlackMessageRef,
): Promise<SlackMessageRef | undefined> {
  const message = escalationMessage(described, deps.settings, false);
  return bestEffort(
    deps.log.warn,
    'An escalation could not be told in the thread of its incident; it is told by itself.',
    {},
    () => waitOutRateLimit(deps, () => deps.slack.reply(threadOf(first), message)),
  );
}

function postLoudly(
  deps: NotifyDeps,
  described: DescribedEscalation,
  incident: Incident | undefined,
): Promise<SlackMessageRef> {
  const message = escalationMessage(described, deps.settings);
  const post = () => waitOutRateLimit(deps, () => deps.slack.post(deps.settings.SLACK_CHANNEL, message));
  if (incident?.status !== 'ours') return post();
  return postClaimed(deps, { claim: incident.claim, key: incident.key, requestId: '', post });
}

function onlyOneWay({ log }: NotifyDeps, way: string, error: unknown): string {
  log.warn(`An escalation went only ${way}.`, { error });
  return way;
}
