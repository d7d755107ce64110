import { approvalKeys } from '../../containment/approval-keys.ts';
import { readTargetDocument } from '../../containment/contain.ts';
import { orMissing } from '../../containment/or-missing.ts';
import { covers, readPrincipal } from '../../containment/principal.ts';
import type { Change, Requester } from '../../events/change.ts';
import { parseRecord } from '../../events/cloudtrail-record.ts';
import { parseChange } from '../../events/parse-change.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import { foundRecord } from '../../inventory/found-record.ts';
import type { Grant } from '../../ledger/inventory.ts';
import type { ApprovalRequest } from '../../ledger/request.ts';
import { MOST_REQUESTS } from '../../ledger/requests.ts';
import { wasPutInForce } from './start-found.ts';
import { accountIdOf, type SweepTools } from './tools.ts';

interface Verdict {
  /**
   * `waits`: its event may be on its way, or an execution is at it; or it was not seen twice yet. `stood`: what an event
   * says to have ended has stood all along.
   */
  verdict: 'known' | 'waits' | 'undelivered' | 'left' | 'stood';
  /** Who made it, where it is known because they were exempt. */
  exempt?: Requester;
}

interface Judged extends Grant {
  key: string;
  /** As what the inventory knew it. */
  was: Grant['status'] | undefined;
}

interface Reading {
  document: string;
  at: string;
}

/**
 * Whether a restricted grant that a reading shows has come without an event. It has to have been seen before, and a
 * direct read has to show it still.
 *
 * @param reading what it shows, and when it began
 */
export async function judgeGrant(tools: SweepTools, grant: Judged, reading: Reading): Promise<Verdict> {
  const { status, asked, foundAt, seenAt, target, was } = grant;
  const { document: seen, at } = reading;
  if (asked) return { verdict: (await isThere(tools, grant, seen)) ? 'undelivered' : 'left' };
  if (status === 'stock' && grant.endedAt !== undefined) {
    return judgeEnded(tools, grant, seen, grant.endedAt);
  }
  if (status === 'known' || status === 'stock') return LEFT;
  if (status === 'reported') return was !== status && (await isKnown(tools, grant, seen)) ? KNOWN : LEFT;
  if (target.type === 'attachment' && tools.attachments === 'off') return KNOWN;
  if (!(await isThere(tools, grant, seen))) return WAITS;
  // At first sight already: what is attached, and known, stands for whatever is done next.
  if (await isKnown(tools, grant, seen)) return KNOWN;
  if (at === seenAt || Date.parse(at) - Date.parse(foundAt ?? seenAt) < tools.settleMs) return WAITS;
  const requests = await requestsAbout(tools, grant, seen);
  const exempt = requests.find(({ outcome }) => outcome === 'exempt');
  if (exempt !== undefined) return { ...KNOWN, exempt: exempt.change.requester };
  if (requests.some(({ outcome }) => outcome === 'observed')) return KNOWN;
  if (await isAtIt(tools, grant, seen, requests)) return WAITS;
  // An execution was started for it, and has let it be.
  if (status === 'found' && !requests.some(({ quarantinedAt = '' }) => quarantinedAt > (foundAt ?? '')))
    return LEFT;
  return { verdict: 'undelivered' };
}

const KNOWN: Verdict = { verdict: 'known' };
const LEFT: Verdict = { verdict: 'left' };
const WAITS: Verdict = { verdict: 'waits' };
const STOOD: Verdict = { verdict: 'stood' };

/** `LookupEvents` shows what was done within fifteen minutes, as a rule. Milliseconds. */
const CLOUDTRAIL_LATE = 45 * 60_000;

/** What was in force when the first run took stock, and is said to have ended since, but stands. */
async function judgeEnded(tools: SweepTools, grant: Judged, seen: string, endedAt: string): Promise<Verdict> {
  if (!(await isThere(tools, grant, seen))) return WAITS;
  if (await isKnown(tools, grant, seen)) return KNOWN;
  const isPutBack = await wasPutInForce(tools, grant, seen, endedAt);
  if (isPutBack) {
    const requests = await requestsAbout(tools, grant, seen);
    return { verdict: (await isAtIt(tools, grant, seen, requests)) ? 'waits' : 'undelivered' };
  }
  const isShown = isPutBack === false && tools.now().getTime() - Date.parse(endedAt) > CLOUDTRAIL_LATE;
  return isShown ? STOOD : WAITS;
}

async function isThere({ iam }: SweepTools, { target }: Grant, seen: string): Promise<boolean> {
  if (target.type === 'managed-policy') {
    const inForce = await orMissing(iam.getDefaultVersionId(target.policyArn));
    if (inForce !== target.versionId) return false;
  }
  if (target.type === 'attachment') {
    const isAttached = await orMissing(iam.isAttached(target.entity, target.entityName, target.policyArn));
    if (isAttached !== true) return false;
  }
  return (await orMissing(readTargetDocument(target, iam))) === seen;
}

/** As an event about it would be read, had it come now. */
function changeOf(tools: SweepTools, grant: Grant, document: string): Change {
  const record = {
    ...foundRecord(grant, document, accountIdOf(tools)),
    eventTime: tools.now().toISOString(),
  };
  return parseChange(parseRecord(record)).change;
}

/** Whether the ledger holds an approval of exactly this, for whom it serves, or the guard has put it back. */
async function isKnown(tools: SweepTools, grant: Judged, document: string): Promise<boolean> {
  const { ledger, iam, attachments } = tools;
  const change = changeOf(tools, grant, document);
  const asksAlways = grant.target.type === 'attachment' && attachments === 'always-ask';
  const keys = asksAlways ? [grant.key] : approvalKeys(change);
  const principal = await orMissing(readPrincipal(change, iam));
  for (const key of keys) {
    const approval = await ledger.findApproval(key, sha256(document));
    if (approval !== undefined && covers(approval, { change, principal })) return true;
  }
  return ledger.mayHavePutBack(grant.key, sha256(document));
}

async function requestsAbout({ ledger }: SweepTools, { key }: Judged, document: string) {
  const all = await ledger.listByTarget(key, MOST_REQUESTS);
  return all.filter((request) => request.document?.sha256 === sha256(document));
}

/** Whether an execution is about to take it out of force, or tries to. */
async function isAtIt(
  { ledger, executions, now, settleMs }: SweepTools,
  { key }: Judged,
  document: string,
  requests: readonly ApprovalRequest[],
): Promise<boolean> {
  if (requests.some(({ status, inForceBecause }) => status !== 'closed' && inForceBecause !== undefined)) {
    return true;
  }
  const [intent] = (await ledger.findIntents(key, 1)).filter(
    (each) => each.document.sha256 === sha256(document),
  );
  if (intent === undefined) return false;
  if (now().getTime() - Date.parse(intent.at) < settleMs) return true;
  if (requests.some(({ id }) => id === intent.change.requestId)) return false;
  return (await executions.describe(intent.executionArn))?.status === 'RUNNING';
}
