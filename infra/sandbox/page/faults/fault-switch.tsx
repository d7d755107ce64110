import { FAULTS, type FaultValues } from '../../faults/table.ts';
import { useFault } from './use-fault.ts';

type UpOrDownName = {
  [Name in keyof FaultValues]: FaultValues[Name] extends number ? never : Name;
}[keyof FaultValues];

/** Takes a part of the surroundings down and brings it back, to see what the guard does without it. */
export function FaultSwitch({ name, faults }: { name: UpOrDownName; faults: FaultValues }) {
  const { problem, set } = useFault(name);
  const isUp = faults[name] === 'up';
  return (
    <>
      <button
        type="button"
        role="switch"
        aria-checked={isUp}
        className="switch"
        onClick={() => set(isUp ? 'down' : 'up')}
      >
        <span className="switch-track" aria-hidden="true" />
        {FAULTS[name].label} {isUp ? 'up' : 'down'}
      </button>
      <span role="alert">{problem}</span>
    </>
  );
}
