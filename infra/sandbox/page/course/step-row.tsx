import { useState } from 'react';
import { countOf, duration } from '../../../../bot/media/wording/phrases.ts';
import type { StepState } from '../../api/contract.ts';
import { comments } from '../machine/machine.ts';
import { Exchanged } from './exchanged.tsx';
import { endOf, type Span, took } from './spans.ts';

interface StepRowProps {
  step: StepState;
  spans: readonly Span[];
  /** Where a moment stands, in percent. */
  place: (moment: number) => number;
  now: number;
}

/** One visit of a state in a line, which opens to what it was given and what it answered. */
export function StepRow({ step, spans, place, now }: StepRowProps) {
  const [open, setOpen] = useState(false);
  const { name, tries, enteredAt, leftAt } = step;
  const failed = tries.filter(({ error }) => error !== null).length;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{name}</strong>
        <span className="tries">
          {tries.length > 1 && countOf(tries.length, 'try', 'tries')}
          {failed > 0 && `${tries.length > 1 ? ', ' : ''}${failed} failed`}
        </span>
        <Track spans={spans} place={place} />
        <span className="took">
          {took(endOf(step, now) - Date.parse(enteredAt), duration)}
          {leftAt === null && ' (now)'}
        </span>
      </summary>
      {open && (
        <div className="step">
          {comments.has(name) && <p className="hint">{comments.get(name)}</p>}
          <Exchanged step={step} now={now} />
        </div>
      )}
    </details>
  );
}

/** Only for the eye: the words beside it and behind it say the same. */
function Track({ spans, place }: Pick<StepRowProps, 'spans' | 'place'>) {
  return (
    <span className="track" aria-hidden="true">
      {spans.map(({ kind, means, from, to }) => (
        <i
          key={`${means} ${from}`}
          className={`bar ${kind}`}
          title={`${means}: ${took(to - from, duration)}`}
          style={{ left: `${place(from)}%`, width: `${place(to) - place(from)}%` }}
        />
      ))}
    </span>
  );
}
