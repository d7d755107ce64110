import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { nudgeRules, nudgeSchedule } from '../../../workflow/steps/nudges.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { duration, timeLeft } from '../../media/wording/phrases.ts';

/** The settings that say when people are told again. */
export type ScheduleSettings = Pick<Settings, 'REMINDER_SECONDS' | 'ADMIN_EMAIL_SECONDS' | 'ADMIN_EMAIL'>;

/** More would make the line a timetable. */
const MOST_REMINDERS = 6;

/** What happens while nobody decides: `Reminders after 1 h, 3 h · e-mail to the administrator after 12 h · expires in 23 h`. */
export function describeSchedule(
  request: Pick<DescribedRequest, 'created' | 'expires'>,
  settings: ScheduleSettings,
  now: Date,
): string {
  const lifetime = request.expires.unix - request.created.unix;
  const nudges = nudgeSchedule(nudgeRules(settings), lifetime);
  const reminders = nudges.filter(({ nudge }) => nudge === 'reminder').map(({ after }) => inWords(after));
  const email = nudges.find(({ nudge }) => nudge === 'admin-email');
  return [
    ...(reminders.length === 0 ? ['No reminders'] : [`Reminders after ${listed(reminders)}`]),
    ...(email && settings.ADMIN_EMAIL !== undefined
      ? [`e-mail to the administrator after ${inWords(email.after)}`]
      : []),
    `expires ${timeLeft(request.expires, now)}, which denies it`,
  ].join(' · ');
}

function inWords(seconds: number): string {
  return duration(seconds * 1000);
}

function listed(reminders: readonly string[]): string {
  const more = reminders.length > MOST_REMINDERS ? [`${reminders.length - MOST_REMINDERS} more times`] : [];
  return [...reminders.slice(0, MOST_REMINDERS), ...more].join(', ');
}
