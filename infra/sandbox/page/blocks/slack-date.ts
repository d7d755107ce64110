const DAY: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', day: 'numeric' };
const SHORT_DAY: Intl.DateTimeFormatOptions = { ...DAY, month: 'short' };
const LONG_DAY: Intl.DateTimeFormatOptions = { ...DAY, weekday: 'long' };

const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: DAY,
  date_short: SHORT_DAY,
  date_long: LONG_DAY,
  date_pretty: DAY,
  date_short_pretty: SHORT_DAY,
  date_long_pretty: LONG_DAY,
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

const NEAR_DAYS: Readonly<Record<number, string>> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' };

export interface SlackDate {
  unixSeconds: number;
  format: string;
  fallback: string;
}

/**
 * A `<!date^…>` as Slack shows it, in the reader's time zone
 * (https://docs.slack.dev/messaging/formatting-message-text#date-formatting). The fallback stands in for a date
 * that cannot be read; a token that Slack does not know stays as it is.
 */
export function formatSlackDate({ unixSeconds, format, fallback }: SlackDate, now: Date): string {
  const date = new Date(unixSeconds * 1000);
  if (Number.isNaN(date.getTime()) || format === '') return fallback;
  return format.replace(/\{([a-z_]+)\}/g, (token, name: string) => {
    if (name === 'ago') return relative((date.getTime() - now.getTime()) / 1000);
    const options = FORMATS[name];
    if (!options) return token;
    const nearDay = name.endsWith('_pretty') ? NEAR_DAYS[daysBetween(now, date)] : undefined;
    return nearDay ?? new Intl.DateTimeFormat(undefined, options).format(date);
  });
}

/** Whether what is shown changes while time goes by. */
export function isRelative(format: string): boolean {
  return format.includes('{ago}');
}

/** Seconds in each unit, the largest first; months and years as they are on average. */
const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** `3 hours ago`, `in 3 hours`: whole units, in English like the words that stand around it. */
function relative(seconds: number): string {
  const rounded = Math.round(seconds);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(rounded) >= size) ?? ['second', 1];
  // Slack has no "in 0 seconds"; a moment that has just passed is in the past.
  const count = Math.trunc(rounded / length) || -0;
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(count, unit);
}

/** Whole calendar days in the reader's time zone. */
function daysBetween(one: Date, other: Date): number {
  const noon = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), 12);
  return Math.round((noon(other) - noon(one)) / 86_400_000);
}
