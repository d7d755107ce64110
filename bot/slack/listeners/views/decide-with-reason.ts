import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { REASON_INPUT } from '../../identifiers.ts';
import { attemptDecision } from '../attempt-decision.ts';
import type { BotDeps } from '../deps.ts';

/** `state.values` of the modal, as Slack sends it. */
const valuesSchema = z.object({
  [REASON_INPUT.decision]: z.object({
    [REASON_INPUT.decision]: z.object({
      selected_option: z.object({ value: z.enum(['approved', 'denied']) }),
    }),
  }),
  [REASON_INPUT.reason]: z.object({
    [REASON_INPUT.reason]: z.object({ value: z.string().nullish() }),
  }),
});

/**
 * The modal is submitted: everything is checked again, now. It was opened from a message in the security channel,
 * and its `private_metadata` is written by Slack alone, so that is where the attempt comes from.
 */
export function decideWithReason(deps: BotDeps) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const values = valuesSchema.safeParse(view.state.values);
    if (!values.success) {
      await ack(errors('Choose what to decide.'));
      return;
    }
    const result = await attemptDecision(deps, {
      requestId: view.private_metadata,
      decision: values.data.decision.decision.selected_option.value,
      reason: values.data.reason.reason.value ?? undefined,
      userId: body.user.id,
      userName: body.user.name,
      teamId: body.team?.id ?? '',
      channel: deps.rules.channel,
    });
    await (result.decided ? ack() : ack(errors(result.why)));
  };
}

/** Slack shows it under the input, as plain text. */
function errors(why: string) {
  return { response_action: 'errors' as const, errors: { [REASON_INPUT.decision]: why } };
}
