import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { attemptGroup, type GroupAttempt } from '../decisions/attempt-group.ts';
import type { BotDeps } from '../deps.ts';
import { groupOriginSchema, groupResultView } from './group-modal.ts';
import { NO_REASON, readMetadata, readPerson, readReason, underReason } from './read-submission.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/** All that was listed is approved: each request is checked and decided by itself. */
export function approveGroup(deps: BotDeps) {
  return (args: SubmitArgs) => decideGroup(deps, args, { decision: 'approved' });
}

/** All that was listed is denied, with one reason. */
export function denyGroup(deps: BotDeps) {
  return (args: SubmitArgs) => {
    const reason = readReason(args.body);
    return reason === undefined
      ? args.ack(underReason(NO_REASON))
      : decideGroup(deps, args, { decision: 'denied', reason });
  };
}

async function decideGroup(
  deps: BotDeps,
  { ack, body }: SubmitArgs,
  what: Pick<GroupAttempt, 'decision' | 'reason'>,
): Promise<void> {
  const origin = readMetadata(body, groupOriginSchema);
  const results = await attemptGroup(deps, { ...readPerson(body), ...origin, ...what });
  await ack({ response_action: 'update', view: groupResultView(results, origin.others) });
}
