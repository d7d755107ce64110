import type { ExecutionState } from '../../api/contract.ts';
import { comments } from './machine.ts';

/** The way of an execution in words: what the drawing shows, for those who cannot see or do not like it. */
export function PathList({ execution }: { execution: ExecutionState }) {
  const last = execution.path.length - 1;
  const running = execution.status === 'RUNNING';
  return (
    <details className="path-list">
      <summary>The way in words: {execution.path.length} states</summary>
      <ol>
        {execution.path.map((state, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a state may be entered twice; its place tells which
          <li key={index} aria-current={running && index === last ? 'step' : undefined}>
            <strong>{state}</strong>
            {running && index === last && ' (now)'}
            <span className="hint"> {comments.get(state)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
