import { useState } from 'react';
import type { FaultName, FaultValues } from '../../faults/table.ts';
import { post } from '../state/post.ts';

/** Sets one fault. @returns how, and what kept the sandbox from doing so */
export function useFault<Name extends FaultName>(name: Name) {
  const [problem, setProblem] = useState('');
  const set = async (value: FaultValues[Name]) => {
    try {
      const { ok, body } = await post('/api/faults', { [name]: value });
      setProblem(ok ? '' : (body as { error: { message: string } }).error.message);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return { problem, set };
}
