import { FAULT_NAMES, FAULTS, type FaultName, type FaultValues } from '../../faults/table.ts';
import { FaultField } from './fault-field.tsx';
import { FaultSwitch } from './fault-switch.tsx';

/** Everything that can be taken down, slowed or made to lag, each with what it does. */
export function FaultList({ faults }: { faults: FaultValues }) {
  return (
    <ul className="faults">
      {FAULT_NAMES.map((name) => (
        <li key={name}>
          <FaultControl name={name} faults={faults} />
          <p>
            {FAULTS[name].kind === 'up or down' && 'While it is down: '}
            {FAULTS[name].does}
          </p>
        </li>
      ))}
    </ul>
  );
}

function FaultControl({ name, faults }: { name: FaultName; faults: FaultValues }) {
  switch (name) {
    case 'slack':
    case 'slackLookups':
    case 'delivery':
    case 'events':
    case 'eventHistory':
      return <FaultSwitch name={name} faults={faults} />;
    default:
      return <FaultField name={name} faults={faults} />;
  }
}
