import { useNow } from '../state/use-now.ts';
import { formatCountdown } from './format-countdown.ts';

/** Counts down to a moment; a timer is silent to screen readers unless they ask. */
export function Countdown({ until }: { until: string }) {
  const now = useNow(true);
  const left = Date.parse(until) - now;
  return (
    <time role="timer" dateTime={until} className="countdown">
      {left > 0 ? formatCountdown(left) : 'time is up'}
    </time>
  );
}
