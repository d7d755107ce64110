import type { IamReader } from '../account/iam/iam.ts';
import { underNewName } from '../account/iam/under-new-name.ts';
import type { Change, Target } from '../events/change.ts';
import { inTime } from '../runtime/in-time.ts';
import { orMissing } from './or-missing.ts';
import type { ContainmentTools } from './tasks.ts';

/** Longer than IAM ever takes for one. */
const TIMEOUT_MS = 2_000;

/** A user or group, by its unique id and the name that it has now. */
export interface NamedHolder {
  id: string;
  name: string;
}

interface Followed {
  tools: ContainmentTools;
  /** For people; empty where it has its name still. */
  moved: string;
  /** There is none of this id any more, whoever has its name. */
  gone?: true;
}

/**
 * The same tools, at work on the user or group of a change wherever it is now: it keeps its unique id with another name.
 * What is written under that is the guard's own: the ledger is told of the name first, so that what was approved under the
 * former one is found by it.
 *
 * @param id that it had when the change was made; undefined where that is not known
 * @throws what IAM and the ledger throw
 */
export async function follow(
  change: Change,
  id: string | undefined,
  tools: ContainmentTools,
): Promise<Followed> {
  const { target } = change;
  if (id === undefined || target.type === 'managed-policy' || target.entity === 'role') {
    return { tools, moved: '' };
  }
  const { entity, entityName: formerly } = target;
  const now = await nameOf(target, id, tools.iam);
  if (now === undefined) return { tools, moved: '', gone: true };
  if (now.toLowerCase() === formerly.toLowerCase()) return { tools, moved: '' };
  const rename = { entity, formerly, now };
  await tools.ledger.keepRename({ ...rename, id, at: tools.now().toISOString() });
  return {
    tools: { ...tools, iam: underNewName(tools.iam, rename) },
    moved: ` The ${entity} ${formerly} is called ${now} by now.`,
  };
}

/** The name that a user or group has now. @returns undefined where there is none of this id @throws what IAM throws */
export async function nameOf(
  { entity, entityName }: Pick<Exclude<Target, { type: 'managed-policy' }>, 'entity' | 'entityName'>,
  id: string,
  iam: IamReader,
): Promise<string | undefined> {
  const here = await inTime(orMissing(iam.getHolder(entity, entityName)), TIMEOUT_MS);
  return here?.id === id ? entityName : iam.findName(entity, id);
}
