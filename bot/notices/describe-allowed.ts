import type { Judgement } from '../../workflow/steps/payloads.ts';
import { type ChangeView, describeChange } from '../wording/describe-change.ts';
import { plainLine } from '../wording/plain-line.ts';

/** A change that was let through, told because `NOTIFY_ALLOWED` asks for it. */
export interface AllowedView extends ChangeView {
  /** Why it was let through, in one sentence. */
  reason: string;
}

/** @returns undefined when the event was no change that could be told */
export function describeAllowed({ change, reason }: Judgement): AllowedView | undefined {
  return change === undefined ? undefined : { ...describeChange(change), reason: plainLine(reason) };
}
