/** A moment for people: `text` for e-mail and pages, `unix` for a medium that shows the reader's own time zone. */
export interface Moment {
  iso: string;
  /** Whole seconds. */
  unix: number;
  /** `2026-03-01 12:00:05 UTC`. */
  text: string;
}

/** @param iso ISO 8601 */
export function moment(iso: string): Moment {
  const utc = new Date(iso).toISOString();
  return {
    iso: utc,
    unix: Math.floor(Date.parse(utc) / 1000),
    text: `${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC`,
  };
}

/** `3 s`, `2 min 5 s`, `1 h 3 min`, `2 d 4 h`; the two largest units that are not zero. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds === 0) return 'under 1 s';
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** `in 23 h 5 min`. */
export function timeLeft(end: Moment, now: Date): string {
  const left = Date.parse(end.iso) - now.getTime();
  return left > 0 ? `in ${duration(left)}` : 'now';
}

/**
 * `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`.
 *
 * @param others how many there are beside these words
 */
export function enumerate(words: readonly string[], atMost = 3, others = 0): string {
  const more = Math.max(0, words.length - atMost) + others;
  const shown = more > 0 ? [...words.slice(0, atMost), `${more} more`] : words;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 change`, `3 changes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
