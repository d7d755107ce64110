import * as z from 'zod';
import { FAULTS, type Fault, type FaultValues } from './table.ts';

const valueFor = (fault: Fault): z.ZodType<FaultValues[keyof FaultValues] | undefined> =>
  fault.kind === 'amount'
    ? z.int().min(fault.least).max(fault.most).optional()
    : z.enum(['up', 'down']).optional();

/** What `POST /api/faults` takes: any of the table's names with a value. */
export const faultsBody = z.strictObject(
  Object.fromEntries(Object.entries(FAULTS).map(([name, fault]) => [name, valueFor(fault)])),
) as unknown as z.ZodType<Partial<FaultValues>>;
