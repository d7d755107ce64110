import * as z from '../../../workflow/runtime/zod.ts';
import { FAULTS, type Fault, type FaultValues } from './table.ts';

const valueFor = (fault: Fault): z.ZodMiniType<FaultValues[keyof FaultValues] | undefined> =>
  fault.kind === 'amount'
    ? z.optional(z.int().check(z.gte(fault.least), z.lte(fault.most)))
    : z.optional(z.enum(['up', 'down']));

/** What `POST /api/faults` takes: any of the table's names with a value. */
export const faultsBody = z.strictObject(
  Object.fromEntries(Object.entries(FAULTS).map(([name, fault]) => [name, valueFor(fault)])),
) as unknown as z.ZodMiniType<Partial<FaultValues>>;
