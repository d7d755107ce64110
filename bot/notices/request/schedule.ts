import { nudgeSchedule } from '../../../workflow/steps/nudges.ts';
import type { RequestView } from '../../wording/describe-request.ts';
import { duration, timeLeft } from '../../wording/phrases.ts';
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

function inWords(seconds: number): string {
  return duration(seconds * 1000);
}

function listed(reminders: readonly string[]): string {
  const more = reminders.length > MOST_REMINDERS ? [`${reminders.length - MOST_REMINDERS} more times`] : [];
  return [...reminders.slice(0, MOST_REMINDERS), ...more].join(', ');
}
