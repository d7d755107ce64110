import type { CourseState, ExecutionState } from '../../api/contract.ts';
import { useNow } from '../state/use-now.ts';
import { useRead } from '../state/use-read.ts';
import { axisOf, spansOf } from './spans.ts';
import { StepRow } from './step-row.tsx';

/** The course of an execution: each state, try and wait, with what it was given and what it answered. */
export function Waterfall({ execution, shown }: { execution: ExecutionState; shown: boolean }) {
  const { name, events, stoppedAt, currentState } = execution;
  const course = useRead<CourseState>(shown ? `/api/executions/${name}` : null, events);
  const now = useNow(stoppedAt === null);
  if (!course) return course === null && <p className="reason">Its course could not be read.</p>;
  const end = stoppedAt === null ? now : Date.parse(stoppedAt);
  const rows = course.steps.map((step) => ({ step, spans: spansOf(step, end) }));
  const place = axisOf(rows.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to])));
  const last = stoppedAt === null ? rows.length - 1 : undefined;
  return (
    <section className="waterfall" aria-labelledby="course-heading">
      <h3 id="course-heading">
        Its course: {rows.length} states{currentState && stoppedAt === null && `, now in ${currentState}`}
      </h3>
      <p className="hint">
        <i className="bar work" /> works <i className="bar failed" /> failed <i className="bar wait" /> waits.
        Longer is wider, though not to scale: a wait of hours leaves room for the rest.
      </p>
      <ol>
        {rows.map(({ step, spans }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a state may be entered twice; its place tells which
          <li key={index} aria-current={index === last ? 'step' : undefined}>
            <StepRow step={step} spans={spans} place={place} now={end} />
          </li>
        ))}
      </ol>
    </section>
  );
}
