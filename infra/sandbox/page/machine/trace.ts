import type { ExecutionState } from '../../api/contract.ts';

export type Mark = 'current' | 'passed' | 'ended' | 'untouched';

/** Which states and edges an execution has been through. */
interface Trace {
  markOf(state: string): Mark;
  /** How many times a state was entered. */
  visitsOf(state: string): number;
  wasTaken(from: string, to: string): boolean;
}

export function traceOf(execution: Pick<ExecutionState, 'path' | 'currentState' | 'status'>): Trace {
  const { path, currentState, status } = execution;
  const running = status === 'RUNNING';
  const steps = new Set(path.slice(1).map((state, index) => `${path[index]}→${state}`));
  return {
    markOf(state) {
      if (state === currentState) return running ? 'current' : 'ended';
      return path.includes(state) ? 'passed' : 'untouched';
    },
    visitsOf: (state) => path.filter((entered) => entered === state).length,
    wasTaken: (from, to) => steps.has(`${from}→${to}`),
  };
}
