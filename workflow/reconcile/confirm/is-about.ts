import { sameDocument } from '../../containment/compare-documents.ts';
import type { Target } from '../../events/change.ts';
import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';
import { targetInEvent } from '../../events/of-holder.ts';
import { paddedSearch } from '../../events/padded-change.ts';
import { readEvent } from '../../events/read-event.ts';
import { unpack } from '../../inspection/packed-document.ts';
import type { Renames } from '../../ledger/renames.ts';
import type { ApprovalRequest } from '../../ledger/request.ts';
import { targetKey } from '../../ledger/target-key.ts';

/**
 * Whether what CloudTrail has recorded put in force what a request is about: the same target, and the same document where
 * the record holds one. A record that names neither, because its document was padded, may be about it.
 */
export function isAbout(
  record: CloudTrailRecord,
  { change, document }: Pick<ApprovalRequest, 'change' | 'document'>,
): boolean {
  const reading = readEvent(record);
  if (reading.type === 'no-change') return false;
  if (reading.type === 'unreadable') return mayBeAbout(record, change.target);
  const { change: recorded, document: written } = reading.parsed;
  const key = targetKey(recorded.accountId, recorded.target);
  // Whoever it was made of may have had another name then.
  const targets = [change.target, targetInEvent(change)];
  const isThere = targets.some((target) => targetKey(change.accountId, target) === key);
  const isThat =
    document === undefined || !('text' in written) || sameDocument(written.text, unpack(document));
  return isThere && isThat;
}

/** The same, also by a name that whoever holds it has given up since. @throws LedgerUnavailableError */
export async function isAboutAny(
  record: CloudTrailRecord,
  request: Pick<ApprovalRequest, 'change' | 'document' | 'principal'>,
  ledger: Pick<Renames, 'formerHolder'>,
): Promise<boolean> {
  if (isAbout(record, request)) return true;
  const { change, principal } = request;
  const { target } = change;
  if (target.type === 'managed-policy' || principal === undefined) return false;
  const name = holderIn(record);
  // Most are of its name of now, which was looked at.
  if (name === undefined || name.toLowerCase() === target.entityName.toLowerCase()) return false;
  const formerly = await ledger.formerHolder(target.entity, name, record.eventTime);
  if (formerly !== principal.id) return false;
  return isAbout(record, { ...request, change: { ...change, target: { ...target, entityName: name } } });
}

/** Of whom a record tells that it was changed. */
function holderIn(record: CloudTrailRecord): string | undefined {
  const reading = readEvent(record);
  if (reading.type !== 'change') return undefined;
  const { target } = reading.parsed.change;
  return target.type === 'managed-policy' ? undefined : target.entityName;
}

function mayBeAbout(record: CloudTrailRecord, target: Target): boolean {
  const search = paddedSearch(record);
  if (search?.type === 'version')
    return target.type === 'managed-policy' && target.versionId === search.versionId;
  return search?.type === 'inline' && target.type === 'inline-policy' && target.entity === search.entity;
}

/** Under which name CloudTrail finds the events about a target. */
export function resourceOf(target: Target): string {
  return target.type === 'managed-policy' ? target.policyArn : target.entityName;
}
