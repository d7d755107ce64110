import asl from '../../../../workflow/state-machine.asl.json' with { type: 'json' };
import { readMachine } from './definition.ts';
import { type Drawing, layOutMachine } from './layout.ts';

/** The deployed state machine, laid out once: it does not change while the sandbox runs. */
export const drawing: Drawing = layOutMachine(readMachine(asl));

/** What a state is for, as the definition says it. */
export const comments: ReadonlyMap<string, string> = new Map(
  drawing.nodes.flatMap(({ name, comment }) => (comment === undefined ? [] : [[name, comment] as const])),
);
