import type { ReactNode } from 'react';
import { ClockTime } from '../parts/clock-time.tsx';
import { ShieldIcon } from '../parts/icons.tsx';

/** Avatar, name, badge and time around what a message says. */
export function MessageFrame({
  at,
  from,
  ts,
  pointedOut = false,
  onlyVisibleToYou = false,
  children,
}: {
  /** Seconds since 1970. */
  at: number;
  from: 'Policy Guard' | 'Slackbot';
  /** What a link finds the message by. */
  ts?: string;
  /** A link has led here a moment ago. */
  pointedOut?: boolean;
  onlyVisibleToYou?: boolean;
  children: ReactNode;
}) {
  const className = ['message', onlyVisibleToYou && 'ephemeral', pointedOut && 'pointed-out'];
  return (
    <article className={className.filter(Boolean).join(' ')} data-ts={ts} tabIndex={-1}>
      <span className={from === 'Slackbot' ? 'avatar slackbot' : 'avatar'} aria-hidden="true">
        {from === 'Slackbot' ? '♡' : <ShieldIcon />}
      </span>
      <div className="message-content">
        <header className="message-meta">
          <h3>{from}</h3>
          <span className="app-badge">APP</span>
          <ClockTime at={new Date(at * 1000)} />
        </header>
        {onlyVisibleToYou && <p className="only-you">Only visible to you</p>}
        {children}
      </div>
    </article>
  );
}
