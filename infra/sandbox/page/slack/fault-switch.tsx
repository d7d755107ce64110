import { useState } from 'react';
import { post } from '../state/post.ts';

/** Takes a part of Slack down and brings it back, to see what the guard does without it. */
export function FaultSwitch({
  fault,
  label,
  up,
}: {
  /** As `POST /api/faults` calls the part. */
  fault: 'slack' | 'slackLookups';
  /** What `up` or `down` is said of. */
  label: string;
  up: boolean;
}) {
  const [problem, setProblem] = useState('');
  const toggle = async () => {
    try {
      await post('/api/faults', { [fault]: up ? 'down' : 'up' });
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" role="switch" aria-checked={up} className="switch" onClick={toggle}>
        <span className="switch-track" aria-hidden="true" />
        {label} {up ? 'up' : 'down'}
      </button>
      <span role="alert">{problem}</span>
    </>
  );
}
