import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { attemptDecision } from '../decisions/attempt-decision.ts';
import type { Attempt } from '../decisions/check-attempt.ts';
import type { BotDeps } from '../deps.ts';
import { refusalView } from '../refusal.ts';
import { NO_REASON, readMetadata, readPerson, readReason, underReason } from './read-submission.ts';
import { requestOriginSchema, SHORTEST_BREAK_GLASS_REASON } from './reason-modal.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/** The reason for a denial is submitted: everything is checked again, now. */
export function denyWithReason(deps: BotDeps) {
  return (args: SubmitArgs) => {
    const reason = readReason(args.body);
    return reason === undefined
      ? args.ack(underReason(NO_REASON))
      : decideWithReason(deps, args, { decision: 'denied', reason });
  };
}

/** The reason for breaking the glass is submitted. Whether the setting still allows it is checked again too. */
export function breakGlassWithReason(deps: BotDeps) {
  return (args: SubmitArgs) => {
    const reason = readReason(args.body);
    return reason === undefined || reason.length < SHORTEST_BREAK_GLASS_REASON
      ? args.ack(underReason(`Write at least ${SHORTEST_BREAK_GLASS_REASON} characters: everyone is told.`))
      : decideWithReason(deps, args, { decision: 'approved', reason, breakGlass: true });
  };
}

async function decideWithReason(
  deps: BotDeps,
  { ack, body }: SubmitArgs,
  what: Pick<Attempt, 'decision' | 'reason' | 'breakGlass'>,
): Promise<void> {
  const origin = readMetadata(body, requestOriginSchema);
  const result = await attemptDecision(deps, { ...readPerson(body), ...origin, ...what });
  if (result.status !== 'refused') return await ack();
  const { refusal } = result;
  await ack(
    refusal.passing ? underReason(refusal.why) : { response_action: 'update', view: refusalView(refusal) },
  );
}
