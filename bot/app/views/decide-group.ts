import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { type SubmittedGroup, startGroup } from '../background/start.ts';
import type { BotDeps } from '../deps.ts';
import { refusalView } from '../refusal.ts';
import { groupOriginSchema, groupStartedView } from './group-modal.ts';
import { NO_REASON, readMetadata, readPerson, readReason, underReason } from './read-submission.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/** All that was listed is approved: each request is checked and decided by itself, in the background. */
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
  what: Pick<SubmittedGroup, 'decision' | 'reason'>,
): Promise<void> {
  const origin = readMetadata(body, groupOriginSchema);
  const why = await startGroup(deps, { ...readPerson(body), ...origin, ...what });
  if (why === undefined)
    return await ack({ response_action: 'update', view: groupStartedView(origin.count) });
  // What was typed stays where there is something to type.
  await ack(
    what.reason === undefined ? { response_action: 'update', view: refusalView({ why }) } : underReason(why),
  );
}
