import type { PackedDocument } from '../../workflow/inspection/packed-document.ts';
import { readKept } from './kept-document.ts';

/** The CloudTrail record, laid out for reading, or why it cannot be shown, in one sentence. */
export type EventView = { lines: string[]; documentLeftOut: boolean } | { missing: string };

const LEFT_OUT = '(the policy document: see Policy)';

/** The document stands inside the record as one long line, and is shown better by itself. */
export function describeEvent(event: PackedDocument | undefined): EventView {
  const kept = readKept(event, 'The event was not kept with this request.');
  if ('missing' in kept) return kept;
  let documentLeftOut = false;
  const leaveOut = (key: string, value: unknown) => {
    if (key !== 'policyDocument' || typeof value !== 'string') return value;
    documentLeftOut = true;
    return LEFT_OUT;
  };
  const text = JSON.stringify(parse(kept.text), leaveOut, 2);
  return { lines: text.split('\n'), documentLeftOut };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // What is no JSON is shown as the text that it is.
  }
}
