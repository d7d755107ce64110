import { useState } from 'react';
import type { SandboxState } from '../../api/contract.ts';
import { post } from '../state/post.ts';

const DELAYS_MS = [0, 1000, 3000, 10_000, 30_000];

/** How long CloudTrail takes to report: the seconds in which a grant is in force. */
export function DelayField({ state }: { state: SandboxState }) {
  const [problem, setProblem] = useState('');
  const { cloudTrailDelayMs: delay } = state.settings;
  const change = async (cloudTrailDelayMs: number) => {
    try {
      await post('/api/faults', { slack: state.slack.up ? 'up' : 'down', cloudTrailDelayMs });
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const delays = [...new Set([...DELAYS_MS, delay])].sort((one, other) => one - other);
  return (
    <div className="field">
      <label htmlFor="cloudtrail-delay">CloudTrail reports it</label>
      <select
        id="cloudtrail-delay"
        value={delay}
        aria-describedby="cloudtrail-delay-problem"
        onChange={(event) => change(Number(event.target.value))}
      >
        {delays.map((milliseconds) => (
          <option key={milliseconds} value={milliseconds}>
            {milliseconds === 0 ? 'at once' : `after ${milliseconds / 1000} s`}
          </option>
        ))}
      </select>
      <p id="cloudtrail-delay-problem" className="field-error" role="alert">
        {problem}
      </p>
    </div>
  );
}
