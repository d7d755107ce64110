import { FAULT_NAMES, type FaultName, type FaultValues } from './table.ts';

/** Where a fault has its effect. */
interface Place<Value> {
  read(): Value;
  write(value: Value): void;
}

export type FaultPlaces = { [Name in FaultName]: Place<FaultValues[Name]> };

/** The parts' own switches, under the names of the table. */
export interface Faults {
  /** What holds now. */
  read(): FaultValues;
  /** Sets what is named and leaves the rest. @returns what holds now */
  set(wanted: Partial<FaultValues>): FaultValues;
}

export function createFaults(places: FaultPlaces, changed: () => void): Faults {
  const read = () =>
    Object.fromEntries(FAULT_NAMES.map((name) => [name, places[name].read()])) as FaultValues;
  return {
    read,
    set(wanted) {
      for (const name of FAULT_NAMES) {
        const value = wanted[name];
        if (value !== undefined) (places[name] as Place<typeof value>).write(value);
      }
      changed();
      return read();
    },
  };
}

/** An amount that a part keeps under a name of its own. */
export function amountOf<Key extends string>(part: Record<Key, number>, key: Key): Place<number> {
  return {
    read: () => part[key],
    write: (value) => {
      part[key] = value;
    },
  };
}

/** Whether something is up, as a part keeps it. */
export function upOf<Key extends string>(part: Record<Key, boolean>, key: Key): Place<'up' | 'down'> {
  return {
    read: () => (part[key] ? 'up' : 'down'),
    write: (value) => {
      part[key] = value === 'up';
    },
  };
}
