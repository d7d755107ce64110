import { changeOfAnother } from '../events/of-holder.ts';
import { readEvent } from '../events/read-event.ts';
import type { FurtherChange } from '../ledger/further-changes.ts';
import * as z from '../runtime/zod.ts';
import type { ReconcileTools } from './tools.ts';
import { workThrough } from './work-through.ts';

const inputSchema = z.looseObject({});

/** What is in force longer, under whatever name, two sweeps have seen by then. Milliseconds. */
const SOUGHT_FOR = 60 * 60_000;

/**
 * Starts an execution for everything that an event was about beside its first change: with the same event, and the
 * name of that one. Whom a change was made of is looked for meanwhile where nobody was found. Safe to repeat: an
 * execution of a name is started once.
 *
 * @returns how many were started
 */
export async function reconcileFurtherChanges(tools: ReconcileTools): Promise<number> {
  const kept = await tools.ledger.listFurther();
  const started = await workThrough(kept, tools.log, (one) => startFor(tools, one));
  return started.filter((name) => name !== undefined).length;
}

/**
 * @returns its name; undefined where there is nothing to start, perhaps yet
 * @throws Error when the event is lost with its execution, which is logged by each run
 */
async function startFor(tools: ReconcileTools, further: FurtherChange): Promise<string | undefined> {
  const { ledger, executions, now } = tools;
  const { executionArn, at, seeksHolder } = further;
  const first = await executions.describe(executionArn);
  if (first === undefined)
    throw new Error(`There is no execution ${executionArn}; ask about ${further.requestId} by hand.`);
  const event = inputSchema.parse(JSON.parse(first.input));
  const found = seeksHolder ? await findHolder(event, further, tools) : further;
  const isOver = found !== undefined || now().getTime() - Date.parse(at) > SOUGHT_FOR;
  const started = found && (await executions.start(nameFor(found), withNames(event, found)));
  if (isOver) await ledger.removeFurther(further.requestId);
  return started;
}

type Named = Pick<FurtherChange, 'requestId' | 'padded'>;

const nameFor = ({ requestId }: Named): string => `padded-${requestId}`;

function withNames(event: object, { padded }: Named): string {
  return JSON.stringify({ ...event, padded });
}

/** Who has given the name up since that an event tells; under which name by now, the execution finds out. */
async function findHolder(
  event: object,
  { padded }: FurtherChange,
  { ledger }: ReconcileTools,
): Promise<Named | undefined> {
  const reading = readEvent(event);
  if (reading.type !== 'change') return undefined;
  const { change } = reading.parsed;
  const { target, eventTime } = change;
  if (target.type === 'managed-policy') return undefined;
  const { entity, entityName } = target;
  const id = await ledger.formerHolder(entity, entityName, eventTime);
  if (id === undefined) return undefined;
  const { requestId } = changeOfAnother(change, { id, name: entityName });
  return { requestId, padded: { ...padded, holderId: id, [`${entity}Name`]: entityName } };
}
