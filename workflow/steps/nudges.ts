import type { Settings } from '../runtime/settings/schema.ts';
import type { Nudge } from './payloads.ts';

/** When people are reminded of a request. Seconds after it was made. */
export interface NudgeRules {
  /** Until the first reminder; each further one takes twice as long as the one before. */
  reminderSeconds: number;
  /** Until the administrator gets an e-mail. */
  adminEmailSeconds: number;
}

export function nudgeRules({
  REMINDER_SECONDS,
  ADMIN_EMAIL_SECONDS,
}: Pick<Settings, 'REMINDER_SECONDS' | 'ADMIN_EMAIL_SECONDS'>): NudgeRules {
  return { reminderSeconds: REMINDER_SECONDS, adminEmailSeconds: ADMIN_EMAIL_SECONDS };
}

/** One moment of the schedule. */
interface ScheduledNudge {
  nudge: Nudge;
  /** Seconds after the request was made. */
  after: number;
}

/**
 * Everything that happens while nobody decides, in order: reminders after `r`, `3r`, `7r`, … seconds, and one e-mail
 * to the administrator; nothing at or after the end.
 *
 * @param timeoutSeconds when the request expires
 */
export function nudgeSchedule(
  { reminderSeconds, adminEmailSeconds }: NudgeRules,
  timeoutSeconds: number,
): ScheduledNudge[] {
  const schedule: ScheduledNudge[] = [];
  for (let wait = reminderSeconds, after = wait; after < timeoutSeconds; wait *= 2, after += wait) {
    schedule.push({ nudge: 'reminder', after });
  }
  if (adminEmailSeconds < timeoutSeconds) schedule.push({ nudge: 'admin-email', after: adminEmailSeconds });
  return schedule.sort((one, other) => one.after - other.after);
}

export interface DueNudges {
  due: Nudge[];
  /** How many of the schedule lie behind now. */
  nudged: number;
  /** Whole seconds until the next one or the end, at least 1 (Step Functions' smallest time-out). */
  seconds: number;
}

/**
 * What is due now, and how long to wait afterwards.
 *
 * @param nudged how many nudges of the schedule lie behind already
 * @param age seconds since the request was made
 */
export function dueNudges(
  schedule: readonly ScheduledNudge[],
  nudged: number,
  age: number,
  timeoutSeconds: number,
): DueNudges {
  const passed = schedule.filter(({ after }) => after <= age).length;
  const due = schedule.slice(nudged, passed).map(({ nudge }) => nudge);
  const next = schedule[passed]?.after ?? timeoutSeconds;
  // Rounded up, so that a wait never ends before what it waits for.
  return {
    due: [...new Set(due)],
    nudged: Math.max(nudged, passed),
    seconds: Math.max(1, Math.ceil(next - age)),
  };
}
