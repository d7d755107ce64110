import { orMissing } from '../containment/or-missing.ts';
import { lookUntil } from '../containment/settle.ts';
import { foreignAccount } from '../events/foreign-account.ts';
import { readRenaming } from '../events/read-ending.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import type { InventoryTools } from './keep-inventory.ts';

interface Tools extends Pick<InventoryTools, 'iam' | 'accountId' | 'pause' | 'now' | 'log'> {
  ledger: Pick<Ledger, 'keepRename' | 'readInventory'>;
}

/** Nothing waits for it but the end of an execution that does nothing more. Milliseconds. */
const TIMEOUT_MS = 20_000;

/**
 * Keeps that a user or group has another name, so that what is asked about it is found under both. An event only says
 * where to look: there has to be one of the new name in IAM, and no sweep may have seen that one under it before. Never
 * throws; what is missed, the next sweep sees.
 */
export async function keepNewName(
  event: unknown,
  { ledger, iam, accountId, pause, log, ...tools }: Tools,
): Promise<void> {
  const renaming = readRenaming(event);
  if (renaming === undefined || foreignAccount(event, renaming.record, accountId) !== undefined) return;
  const { entity, formerly, now } = renaming;
  const told = renaming.record.eventTime;
  const why = 'A new name was not kept; the next sweep sees it.';
  await bestEffort(log.warn, why, { entity, formerly, now }, () => inTime(keep(), TIMEOUT_MS));

  async function keep(): Promise<void> {
    const [holder, known] = await Promise.all([
      lookUntil(
        () => orMissing(iam.getHolder(entity, now)),
        (found) => found !== undefined,
        pause,
      ),
      ledger.readInventory(entity, now),
    ]);
    if (holder === undefined || known?.id === holder.id) return;
    // Whoever starts an execution says when; what is made under the name later is somebody else's.
    const at = new Date(Math.min(Date.parse(told), tools.now().getTime())).toISOString();
    await ledger.keepRename({ entity, formerly, now, id: holder.id, at });
  }
}
