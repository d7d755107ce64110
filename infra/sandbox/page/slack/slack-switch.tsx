import { useState } from 'react';
import { post } from '../state/post.ts';

/** Takes Slack down and brings it back, to see what the guard does without it. */
export function SlackSwitch({ up }: { up: boolean }) {
  const [problem, setProblem] = useState('');
  const toggle = async () => {
    try {
      await post('/api/faults', { slack: up ? 'down' : 'up' });
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" role="switch" aria-checked={up} className="switch" onClick={toggle}>
        <span className="switch-track" aria-hidden="true" />
        Slack is {up ? 'up' : 'down'}
      </button>
      <span role="alert">{problem}</span>
    </>
  );
}
