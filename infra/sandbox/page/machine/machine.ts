import asl from '../../../../workflow/state-machine.asl.json' with { type: 'json' };
import { type Machine, readMachine } from './definition.ts';
import { type Drawing, layOutMachine } from './layout.ts';

export const machine: Machine = readMachine(asl);

/** The deployed state machine, laid out once: it does not change while the sandbox runs. */
export const drawing: Drawing = layOutMachine(machine);

/** What a state is for, as the definition says it. */
export const comments: ReadonlyMap<string, string> = new Map(
  drawing.nodes.flatMap(({ name, comment }) => (comment === undefined ? [] : [[name, comment] as const])),
);
