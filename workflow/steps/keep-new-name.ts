import { orMissing } from '../containment/or-missing.ts';
import { lookUntil } from '../containment/settle.ts';
import { foreignAccount } from '../events/foreign-account.ts';
import { readRenaming } from '../events/read-ending.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeptRename, SaidRename } from '../ledger/renames.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import { secondOf } from '../runtime/second-of.ts';
import type { InventoryTools } from './keep-inventory.ts';

interface Tools extends Pick<InventoryTools, 'iam' | 'accountId' | 'pause' | 'now' | 'log'> {
  ledger: Pick<Ledger, 'keepSaidRename' | 'keepRename' | 'formerHolder' | 'readInventory'>;
}

/** Nothing waits for it but the end of an execution that does nothing more. Milliseconds. */
const TIMEOUT_MS = 20_000;

/**
 * Keeps that a user or group has another name, so that what is asked about it is found under both. An event only says
 * where to look: there has to be one of the new name in IAM, or one that has left it since, and no sweep may have seen
 * that one under its name before. Never throws; what is missed, the next sweep sees.
 */
export async function keepNewName(event: unknown, tools: Tools): Promise<void> {
  const renaming = readRenaming(event);
  if (renaming === undefined || foreignAccount(event, renaming.record, tools.accountId) !== undefined) return;
  const { entity, formerly, now, record } = renaming;
  // Whoever starts an execution says when; what is made under the name later is somebody else's.
  const at = new Date(Math.min(Date.parse(record.eventTime), tools.now().getTime())).toISOString();
  const said = { entity, formerly, now, at };
  const why = 'A new name was not kept; the next sweep sees it.';
  await bestEffort(tools.log.warn, why, { ...said }, () => inTime(keep(said, tools), TIMEOUT_MS));
}

async function keep(said: SaidRename, { ledger, iam, pause }: Tools): Promise<void> {
  // Before anybody is looked for: whoever of this event and the next is the later sees what the other has kept.
  await ledger.keepSaidRename(said);
  const renamed = await lookUntil(
    () => findRenamed(said, ledger, iam),
    (found) => found !== undefined,
    pause,
  );
  if (renamed === undefined) return;
  const known = await ledger.readInventory(said.entity, renamed.now);
  if (known?.id !== renamed.id) await ledger.keepRename({ ...said, ...renamed });
}

/** @returns its unique id, and what it is called by now */
async function findRenamed(
  { entity, now, at }: SaidRename,
  ledger: Tools['ledger'],
  iam: Tools['iam'],
): Promise<Pick<KeptRename, 'id' | 'now'> | undefined> {
  const [holder, former] = await Promise.all([
    orMissing(iam.getHolder(entity, now)),
    ledger.formerHolder(entity, now, at),
  ]);
  if (former !== undefined && former !== holder?.id) {
    const name = await iam.findName(entity, former);
    if (name !== undefined) return { id: former, now: name };
  }
  // What was made later is another. IAM and CloudTrail tell whole seconds.
  const isLater = holder !== undefined && secondOf(holder.createdAt) > secondOf(at);
  return holder === undefined || isLater ? undefined : { id: holder.id, now };
}
