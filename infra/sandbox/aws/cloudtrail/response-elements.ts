import { lowerFirst } from '../front-door/parameters.ts';

/** CloudTrail never records these. */
const SECRET = new Set(['SecretAccessKey']);

/** What CloudTrail says of a call's output; null when there is none. */
export function responseElementsOf(output: object): Record<string, unknown> | null {
  return Object.keys(output).length === 0 ? null : membersOf(output);
}

function membersOf(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== undefined && !SECRET.has(name))
      .map(([name, member]) => [lowerFirst(name), element(member)]),
  );
}

function element(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(element);
  if (value instanceof Date) return formatDate(value);
  return typeof value === 'object' && value !== null ? membersOf(value) : value;
}

const DATE = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `Nov 23, 2026 9:02:30 AM`: neither a second comma nor the narrow space that Intl puts before AM. */
function formatDate(date: Date): string {
  const parts = Object.fromEntries(DATE.formatToParts(date).map(({ type, value }) => [type, value]));
  const { month, day, year, hour, minute, second, dayPeriod } = parts;
  return `${month} ${day}, ${year} ${hour}:${minute}:${second} ${dayPeriod}`;
}
