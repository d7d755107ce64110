import { useId } from 'react';
import { FAULTS, type Fault, type FaultValues } from '../../faults/table.ts';
import { useFault } from './use-fault.ts';

type AmountName = {
  [Name in keyof FaultValues]: FaultValues[Name] extends number ? Name : never;
}[keyof FaultValues];

/** How much there is of something that makes AWS slow, late or lagging. */
export function FaultField({ name, faults }: { name: AmountName; faults: FaultValues }) {
  const id = useId();
  const { problem, set } = useFault(name);
  const { label, unit, choices }: Extract<Fault, { kind: 'amount' }> = FAULTS[name];
  const amount = faults[name];
  const known = choices.some(([choice]) => choice === amount);
  const all = known ? choices : [...choices, [amount, `${amount} ${unit}`] as const];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={amount}
        aria-describedby={`${id}-problem`}
        onChange={(event) => set(Number(event.target.value))}
      >
        {all.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
      <p id={`${id}-problem`} className="field-error" role="alert">
        {problem}
      </p>
    </div>
  );
}
