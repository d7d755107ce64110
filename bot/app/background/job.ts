import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from '../../../workflow/runtime/zod.ts';

/** Deciding what was listed, for the person who has submitted that. */
const jobSchema = z.object({
  decision: z.enum(['approved', 'denied']),
  reason: z.optional(z.string()),
  userId: z.string(),
  userName: z.string(),
  teamId: z.string(),
  channel: z.string(),
  threadTs: z.string(),
  /** The message that shows the progress; missing where Slack has not taken it. */
  progressTs: z.optional(z.string()),
  /** What was listed: one of the requests, and the name of the list. */
  requestId: z.string(),
  listingId: z.string(),
  /** When it was submitted. */
  at: z.iso.datetime(),
});
export type GroupJob = z.infer<typeof jobSchema>;

/** A job on its way: the function sends it to itself, and believes nobody else who invokes it. */
const sealedSchema = z.object({ groupJob: z.string(), seal: z.string() });
export type SealedJob = z.infer<typeof sealedSchema>;

/** Lambda tries an asynchronous invocation again for some minutes; what comes later was kept back. Milliseconds. */
const LONGEST_MS = 60 * 60_000;

/** Whether an event is a job, sealed well or not, and no request of the HTTP API. */
export function isSealedJob(event: unknown): event is SealedJob {
  return sealedSchema.safeParse(event).success;
}

export function sealJob(job: GroupJob, signingSecret: string): SealedJob {
  const groupJob = JSON.stringify(job);
  return { groupJob, seal: sealOf(groupJob, signingSecret) };
}

/** @returns undefined where it was not sealed with this secret, or too long ago */
export function openJob(
  { groupJob, seal }: SealedJob,
  signingSecret: string,
  now: Date,
): GroupJob | undefined {
  const [given, expected] = [Buffer.from(seal), Buffer.from(sealOf(groupJob, signingSecret))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const job = jobSchema.parse(JSON.parse(groupJob));
  return now.getTime() - Date.parse(job.at) > LONGEST_MS ? undefined : job;
}

/** Slack signs requests with the same secret: the first word keeps one from being taken for the other. */
function sealOf(job: string, signingSecret: string): string {
  return createHmac('sha256', signingSecret).update(`policy-guard-group-job:${job}`).digest('hex');
}
