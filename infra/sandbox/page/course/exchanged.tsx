import { duration } from '../../../../bot/media/wording/phrases.ts';
import type { StepState, TryState } from '../../api/contract.ts';
import { DocumentText } from '../parts/document-text.tsx';
import { took } from './spans.ts';

/** What a step was given and what it answered: of a task, try by try. */
export function Exchanged({ step, now }: { step: StepState; now: number }) {
  const { name, input, output, tries } = step;
  const answered = tries.at(-1)?.answer != null;
  return (
    <>
      {tries.length === 0 && <Data title="Given" of={name} json={input} />}
      {tries.map((tried, index) => (
        <TryView
          key={tried.startedAt}
          tried={tried}
          of={name}
          number={index + 1}
          pause={pauseAfter(tries, index, now)}
        />
      ))}
      {output !== null && !answered && <Data title="Handed on" of={name} json={output} />}
    </>
  );
}

interface TryViewProps {
  tried: TryState;
  of: string;
  number: number;
  /** How long the state machine waits afterwards, in milliseconds. */
  pause: number | undefined;
}

function TryView({ tried, of, number, pause }: TryViewProps) {
  const { startedAt, endedAt, given, submitted, answer, error } = tried;
  const name = `${of}, try ${number}`;
  return (
    <section aria-label={name}>
      <h4>
        Try {number}
        {endedAt !== null && `, ${took(Date.parse(endedAt) - Date.parse(startedAt), duration)}`}
      </h4>
      <Data title="Given" of={name} json={given} />
      {submitted && <Data title="The function answered, then it waited" of={name} json={submitted.answer} />}
      {answer !== null && <Data title="Answered" of={name} json={answer} />}
      {error && <Data title={`Failed: ${error.name}`} of={name} json={error.cause} />}
      {pause !== undefined && <p className="hint">Then the state machine waited {took(pause, duration)}.</p>}
    </section>
  );
}

function pauseAfter(tries: readonly TryState[], index: number, now: number): number | undefined {
  const [tried, next] = [tries[index], tries[index + 1]];
  if (!tried?.endedAt || next === undefined) return undefined;
  return Math.min(Date.parse(next.startedAt), now) - Date.parse(tried.endedAt);
}

function Data({ title, of, json }: { title: string; of: string; json: string }) {
  return (
    <>
      <p className="data-title">{title}</p>
      {json !== '' && <DocumentText text={json} label={`${title}: ${of}`} startLaidOut />}
    </>
  );
}
