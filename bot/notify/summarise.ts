import type { NotifyDeps } from './deps.ts';
import type { NotifyPayload } from './payload.ts';

export type SummariseInput = Extract<NotifyPayload, { step: 'summarise' }>;

/** The daily summary of what exempt requesters have changed. */
export async function summarise(_deps: NotifyDeps, _input: SummariseInput): Promise<void> {}
