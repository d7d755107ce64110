import type { Ended } from '../events/watched-calls.ts';
import type { PackedDocument } from '../inspection/packed-document.ts';
import type { Grant, InventoryEntry } from '../ledger/inventory.ts';

/** What stood in a place, as the inventory has seen it. */
export interface Stood {
  document: PackedDocument;
  versionId?: string;
  /** Since when it is known. ISO 8601, UTC. */
  since?: string;
  /** False for what is restricted, came unannounced, and is not looked at yet: it may be on its way out of force. */
  settled: boolean;
}

/** Where the inventory keeps what is changed by a change of a target. */
export function entryOf(target: Ended): Pick<InventoryEntry, 'kind' | 'name'> {
  return target.type === 'managed-policy'
    ? { kind: 'policy', name: target.policyArn }
    : { kind: target.entity, name: target.entityName };
}

/** What nobody has looked at yet may be the very change that is asked about, or one that is being taken out. */
export function isSettled({ status }: Pick<Grant, 'status'>): boolean {
  return status === 'stock' || status === 'known' || status === 'reported';
}

/**
 * Which document stood in a place before a change, what is most probable first; a later one counts only where the one before it
 * is not settled. Nothing: nothing stood there.
 *
 * @param key of `targetKey`
 * @param sha256 of the document that the change has put there
 * @returns undefined where the inventory had no room to keep it
 */
export function stoodBefore({ grants }: InventoryEntry, key: string, sha256: string): Stood[] | undefined {
  const grant = grants[key];
  if (grant === undefined) return [];
  const { target, document, before, since } = grant;
  const settled = isSettled(grant);
  if (document === undefined) return undefined;
  const versionId = target.type === 'managed-policy' ? target.versionId : undefined;
  const latest = { document, ...(versionId !== undefined && { versionId }), since, settled };
  const stood = [
    ...(settled || document.sha256 !== sha256 ? [latest] : []),
    ...(before === undefined ? [] : [{ document: before, settled: true }]),
  ];
  // A policy was never without a version in force.
  return target.type === 'managed-policy' && stood.length === 0 ? undefined : stood;
}
