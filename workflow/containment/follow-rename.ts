import type { IamReader } from '../account/iam/iam.ts';
import { type Rename, underNewName } from '../account/iam/under-new-name.ts';
import type { Change } from '../events/change.ts';
import { inTime } from '../runtime/in-time.ts';
import { orMissing } from './or-missing.ts';
import type { ContainmentTools } from './tasks.ts';

/** Longer than IAM ever takes for one. */
const TIMEOUT_MS = 2_000;

/**
 * Where the user or group of a change is now, if no longer under its name: it keeps its unique id with another one.
 *
 * @param id that it had when the change was made; undefined where that is not known
 * @returns undefined where it has its name still, or is not there at all
 */
export async function findRename(
  { target }: Change,
  id: string | undefined,
  iam: IamReader,
): Promise<Rename | undefined> {
  if (id === undefined || target.type === 'managed-policy' || target.entity === 'role') return undefined;
  const { entity, entityName: formerly } = target;
  const here = await inTime(orMissing(iam.getHolder(entity, formerly)), TIMEOUT_MS);
  if (here?.id === id) return undefined;
  const now = await iam.findName(entity, id);
  return now === undefined || now.toLowerCase() === formerly.toLowerCase()
    ? undefined
    : { entity, formerly, now };
}

interface Followed {
  tools: ContainmentTools;
  /** Missing where it has its name still. */
  to?: { id: string; name: string };
  /** For people; empty where it has its name still. */
  moved: string;
}

/**
 * The same tools, at work on the user or group wherever it is now. What is written under its new name is the guard's own:
 * the ledger is told of the name first, so that what was approved under the former one is found by it.
 *
 * @param keep tells the ledger
 * @throws what IAM and `keep` throw
 */
export async function follow(
  change: Change,
  id: string | undefined,
  tools: ContainmentTools,
  keep = tools.ledger.keepRename,
): Promise<Followed> {
  const rename = await findRename(change, id, tools.iam);
  if (rename === undefined || id === undefined) return { tools, moved: '' };
  await keep({ ...rename, id, at: tools.now().toISOString() });
  const { entity, formerly, now } = rename;
  return {
    tools: { ...tools, iam: underNewName(tools.iam, rename) },
    to: { id, name: now },
    moved: ` The ${entity} ${formerly} is called ${now} by now.`,
  };
}
