import type { ViewSubmitAction } from '@slack/bolt';
import { givenReason } from '../../../workflow/decisions/given-reason.ts';
import * as z from '../../../workflow/runtime/zod.ts';
import { REASON_INPUT } from '../../media/slack/identifiers.ts';

/** `state.values` of a modal that asks for a reason, as Slack sends it. */
const valuesSchema = z.object({
  [REASON_INPUT]: z.object({ [REASON_INPUT]: z.object({ value: z.nullish(z.string()) }) }),
});

/** @returns undefined when there is nothing to read in it */
export function readReason({ view }: ViewSubmitAction): string | undefined {
  return givenReason(valuesSchema.parse(view.state.values).reason.reason.value);
}

/** Who submitted a modal. */
export function readPerson({ user, team }: ViewSubmitAction) {
  return { userId: user.id, userName: user.name, teamId: team?.id ?? '' };
}

/** @throws $ZodError when the modal is not one of ours: nobody but Slack can write `private_metadata` */
export function readMetadata<T>({ view }: ViewSubmitAction, schema: z.ZodMiniType<T>): T {
  return schema.parse(JSON.parse(view.private_metadata));
}

/** Slack shows it under the input, as plain text, and what was typed stays. */
export function underReason(why: string) {
  return { response_action: 'errors' as const, errors: { [REASON_INPUT]: why } };
}

export const NO_REASON = 'Write why: everyone in the channel sees it.';
