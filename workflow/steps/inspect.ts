import type { IamReader } from '../account/iam/iam.ts';
import { approvalKeys } from '../containment/contain.ts';
import type { LedgerLookups } from '../containment/ledger-lookups.ts';
import type { Pause } from '../containment/settle.ts';
import type { Change } from '../events/change.ts';
import type { Exemption } from '../events/exemptions/exemption.ts';
import { findExemption } from '../events/exemptions/find-exemption.ts';
import { isOwnChange } from '../events/own-change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import type { Inspection } from '../inspection/finding.ts';
import { inspectDocument } from '../inspection/inspect-document.ts';
import type { ReviewRules } from '../inspection/must-quarantine.ts';
import { mustQuarantine } from '../inspection/must-quarantine.ts';
import { pack, sha256 } from '../inspection/packed-document.ts';
import { summarise } from '../inspection/summarise.ts';
import type { Log } from '../runtime/logger.ts';
import type { Settings } from '../runtime/settings/schema.ts';
import { allowedUnread } from './allowed-unread.ts';
import { packEvent } from './pack-event.ts';
import type { Judgement } from './payloads.ts';
import { readDocument, whyMissing } from './read-document.ts';
import { readPaddedEvent } from './read-padded-event.ts';
import { whyRestricted } from './why-restricted.ts';

export interface InspectRules extends ReviewRules {
  exemptions: readonly Exemption[];
  attachments: Settings['ATTACHMENTS'];
  /** Whether allowed changes are told too. */
  notifyAllowed: boolean;
  /** The role that the guard itself writes IAM with. */
  containRoleArn: string;
}

export interface InspectTools {
  iam: IamReader;
  lookups: LedgerLookups;
  pause: Pause;
  now(): Date;
  log: Log;
}

/** A verdict, before the answer is put together. */
type Verdict = Pick<Judgement, 'verdict' | 'reason' | 'exemption'> & { tell?: boolean };

/**
 * The Inspect step: from an event to a judgement. Nothing is harmless because it could not be read.
 *
 * @param event an EventBridge event with a CloudTrail record as its detail
 * @throws what IAM throws, but for a miss: then the step is tried again, and at last the change counts as restricted
 */
export async function inspect(event: unknown, rules: InspectRules, tools: InspectTools): Promise<Judgement> {
  const reading = await readPaddedEvent(event, rules, tools);
  if (reading.type === 'no-change') {
    return { verdict: 'allowed', reason: reading.reason, notifyAllowed: false };
  }
  if (reading.type === 'unreadable') {
    return { verdict: 'restricted', reason: reading.reason, notifyAllowed: false };
  }
  const { parsed, record } = reading;
  if (isOwnChange(record, rules.containRoleArn)) {
    const own = { verdict: 'own-change', reason: 'Policy Guard made this change itself.' } as const;
    return answer(own, parsed.change, rules);
  }
  const allowed = allowedUnread(parsed, rules);
  if (allowed !== undefined) return answer({ verdict: 'allowed', ...allowed }, parsed.change, rules);
  return judge(parsed, event, rules, tools);
}

async function judge(
  parsed: ParsedChange,
  event: unknown,
  rules: InspectRules,
  tools: InspectTools,
): Promise<Judgement> {
  const { change } = parsed;
  const text = await readDocument(parsed, rules, tools);
  const inspection: Inspection =
    text === undefined
      ? { restricted: true, findings: [], unreadable: whyMissing(parsed) }
      : inspectDocument(text, rules.restricted);
  const seen = {
    inspection: summarise(inspection, text),
    ...(text !== undefined && { document: pack(text) }),
  };
  if (!inspection.restricted) {
    const reason = 'It grants no restricted action.';
    return { ...answer({ verdict: 'allowed', reason, tell: true }, change, rules), ...seen };
  }
  const known = await knownToLedger(change, text, rules, tools);
  if (known !== undefined) return { ...answer(known, change, rules), ...seen };
  const verdict = judgeRestricted(inspection, change, rules, tools.now());
  return { ...answer(verdict, change, rules), ...seen, ...packEvent(event, tools.log) };
}

/** Whether the ledger knows this very change, or an approval of exactly what it put in force. */
async function knownToLedger(
  change: Change,
  text: string | undefined,
  { attachments }: InspectRules,
  { lookups }: InspectTools,
): Promise<Verdict | undefined> {
  const asks = change.target.type === 'attachment' && attachments === 'always-ask';
  const keys = asks || text === undefined ? [] : approvalKeys(change);
  const [recorded, ...approvals] = await Promise.all([
    lookups.isRecorded(change.requestId),
    ...keys.map((key) => lookups.approvalOf(key, sha256(text ?? ''))),
  ]);
  if (recorded) return { verdict: 'duplicate', reason: `Request ${change.requestId} covers this change.` };
  const approval = approvals.find((one) => one !== undefined);
  if (approval === undefined) return undefined;
  const reason = `Exactly this was approved by ${approval.by} in request ${approval.requestId}.`;
  return { verdict: 'allowed', reason, tell: true };
}

function judgeRestricted(
  inspection: Inspection,
  { requester, eventTime }: Change,
  rules: InspectRules,
  now: Date,
): Verdict {
  const why = whyRestricted(inspection);
  const later = new Date(Math.max(Date.parse(eventTime), now.getTime()));
  // What could not be read is never exempt: what the requester is exempt from is not known.
  const exemption =
    inspection.unreadable === undefined ? findExemption(rules.exemptions, requester, later) : undefined;
  if (exemption !== undefined) {
    const reason = `${why} Its requester is exempt until ${exemption.until}: ${exemption.reason}`;
    return { verdict: 'exempt', reason, exemption };
  }
  if (mustQuarantine(inspection, rules)) return { verdict: 'restricted', reason: why };
  return { verdict: 'observed', reason: `${why} It would have been quarantined, but is only observed.` };
}

function answer({ tell, ...verdict }: Verdict, change: Change, { notifyAllowed }: InspectRules): Judgement {
  return { ...verdict, notifyAllowed: notifyAllowed && tell === true, change };
}
