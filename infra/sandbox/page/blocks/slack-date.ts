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

interface SlackDate {
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

/** Seconds in each unit, the smallest first; months and years as they are on average. */
const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['month', 2_629_746],
  ['year', 31_556_952],
];

/** `3 hours ago`, `in 3 hours`: rounded, in English like the words that stand around it. */
function relative(seconds: number): string {
  const isUnit = ([, length]: (typeof UNITS)[number], place: number) =>
    Math.abs(Math.round(seconds / length) * length) < (UNITS[place + 1]?.[1] ?? Number.POSITIVE_INFINITY);
  const [unit, length] = UNITS.find(isUnit) ?? ['second', 1];
  // What happens now has just happened: -0 reads "0 seconds ago", 0 "in 0 seconds".
  const count = Math.round(seconds / length) || -0;
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(count, unit);
}

/** Whole calendar days in the reader's time zone. */
function daysBetween(one: Date, other: Date): number {
  const noon = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), 12);
  return Math.round((noon(other) - noon(one)) / 86_400_000);
}
