const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** The time of day; the full date as its title. The sandbox rarely lives for more than a day. */
export function ClockTime({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={FULL.format(at)}>
      {CLOCK.format(at)}
    </time>
  );
}
