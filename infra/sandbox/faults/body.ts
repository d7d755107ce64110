import * as z from '../../../workflow/runtime/zod.ts';
import { FAULTS, type Fault, type FaultValues } from './table.ts';

function valueFor(fault: Fault): z.ZodMiniType<FaultValues[keyof FaultValues] | undefined> {
  if (fault.kind === 'up or down') return z.optional(z.enum(['up', 'down']));
  const { least, most, unit, leastBecause } = fault;
  const [from, to] = [least, most].map((amount) => amount.toLocaleString('en-US'));
  const why = leastBecause === undefined ? '' : `: ${leastBecause}`;
  const error = `must be a whole number from ${from} to ${to} ${unit}${why}`;
  return z.optional(z.int({ error }).check(z.gte(least, { error }), z.lte(most, { error })));
}

/** What `POST /api/faults` takes: any of the table's names with a value. */
export const faultsBody = z.strictObject(
  Object.fromEntries(Object.entries(FAULTS).map(([name, fault]) => [name, valueFor(fault)])),
) as unknown as z.ZodMiniType<Partial<FaultValues>>;
