import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { bestEffort } from '../../workflow/runtime/best-effort.ts';
import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import { type SlackApi, threadOf } from '../media/slack/api/slack-api.ts';
import { header, message, section, textMessage } from '../media/slack/blocks/blocks.ts';
import { mention } from '../media/slack/blocks/mentions.ts';
import { link, plain, quote } from '../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../media/slack/blocks/types.ts';
import { approvalSummary } from '../media/slack/parts/approvals.ts';
import { headingName } from '../media/slack/parts/glance-lines.ts';
import { type DescribedRequest, describeRequest } from '../media/wording/describe-request.ts';
import { type AuditDeps, auditOf } from './delivery/audit.ts';
import { type OnceMoreLimits, onceMore } from './delivery/rate-limit.ts';

/** What hearing of votes and broken glass takes, for a click that began at `begun`. */
interface VoteDeps extends AuditDeps {
  slack: Pick<SlackApi, 'post' | 'reply'>;
  limits: { onceMore: OnceMoreLimits };
}

/** A vote, for the thread of its request. */
export function voteMessage(request: DescribedRequest): Message {
  return textMessage(`☑️ ${approvalSummary(request.approvals)}`);
}

/** Somebody has approved their own change: like an escalation, it calls the whole channel. */
export function breakGlassMessage(
  request: DescribedRequest,
  { userId, name, reason }: { userId: string; name: string; reason: string },
  address?: string,
): Message {
  const what = `approved a change of their own: ${plain(request.title, 400)}.`;
  const where = address === undefined ? '' : ` ${link(address, 'Open the request')}`;
  return message(`<!channel> 🚨 Break glass: ${plain(name, 100)} ${what} Reason: ${plain(reason, 300)}`, [
    header(`🚨 Break glass: ${headingName(request)}`),
    section(`<!channel> ${mention(userId)} ${what}${where}`),
    section(quote(reason, 1_000)),
  ]);
}

/**
 * Tells of a vote in the thread, and of those before: one that Slack did not take is told with the next. Never throws.
 *
 * @param begun when work on the click began
 */
export async function tellVote(deps: VoteDeps, request: ApprovalRequest, begun: Date): Promise<void> {
  if (request.slack === undefined) return;
  const thread = threadOf(request.slack);
  const tell = async () => deps.slack.reply(thread, voteMessage(describeRequest(request)));
  const failure = 'A vote could not be told in the thread';
  const told = await bestEffort(deps.log.warn, failure, { requestId: request.id }, () =>
    onceMore(deps, begun, tell),
  );
  if (told !== undefined) await auditOf(deps, request, 'vote.told', 'In Slack, in the thread.', told);
}

/**
 * Tells the whole channel that somebody approves their own change. Never throws.
 *
 * @param begun when work on the click began
 */
export async function tellBreakGlass(
  deps: VoteDeps & { settings: Pick<Settings, 'SLACK_CHANNEL'> },
  request: ApprovalRequest,
  by: { userId: string; name: string; reason: string },
  begun: Date,
): Promise<void> {
  const told = await bestEffort(
    deps.log.error,
    'A broken glass could not be announced; the outcome says it again',
    { requestId: request.id },
    async () => {
      const message = breakGlassMessage(describeRequest(request), by, request.slack?.permalink);
      return onceMore(deps, begun, () => deps.slack.post(deps.settings.SLACK_CHANNEL, message));
    },
  );
  if (told !== undefined)
    await auditOf(deps, request, 'break-glass.told', 'In Slack, to the whole channel.', told);
}
