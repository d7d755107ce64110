import { nudgeSchedule } from '../../../workflow/steps/nudges.ts';
import type { RequestView } from '../../wording/describe-request.ts';
import type { Moment } from '../../wording/phrases.ts';
import { duration } from '../../wording/phrases.ts';
import type { RequestMessageOptions } from './message.ts';

/** More would make the line a timetable. */
const MOST_REMINDERS = 6;

/** What happens while nobody decides: `Reminders after 1 h, 3 h · e-mail to the administrator after 12 h · expires in 23 h`. */
export function scheduleLine(
  view: RequestView,
  { now, schedule, adminEmail, timeoutSeconds }: RequestMessageOptions,
): string {
  const lifetime = timeoutSeconds ?? view.expires.unix - view.created.unix;
  const nudges = nudgeSchedule(schedule, lifetime);
  const reminders = nudges.filter(({ nudge }) => nudge === 'reminder').map(({ after }) => inWords(after));
  const email = nudges.find(({ nudge }) => nudge === 'admin-email');
  return [
    ...(reminders.length === 0 ? ['No reminders'] : [`Reminders after ${listed(reminders)}`]),
    ...(email && adminEmail ? [`e-mail to the administrator after ${inWords(email.after)}`] : []),
    `expires ${timeLeft(view.expires, now)}`,
  ].join(' · ');
}

/** `in 23 h 5 min`. */
export function timeLeft(end: Moment, now: Date): string {
  const left = Date.parse(end.iso) - now.getTime();
  return left > 0 ? `in ${duration(left)}` : 'now';
}

function inWords(seconds: number): string {
  return duration(seconds * 1000);
}

function listed(reminders: readonly string[]): string {
  const more = reminders.length > MOST_REMINDERS ? [`${reminders.length - MOST_REMINDERS} more times`] : [];
  return [...reminders.slice(0, MOST_REMINDERS), ...more].join(', ');
}
