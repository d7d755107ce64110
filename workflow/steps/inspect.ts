import type { ChangeKind } from '../containment/change-kind.ts';
import { kinds } from '../containment/kinds.ts';
import type { LedgerLookups } from '../containment/ledger-lookups.ts';
import type { Pause } from '../containment/settle.ts';
import { lookUntil, whileMissing } from '../containment/settle.ts';
import { pack, sha256 } from '../documents/packed-document.ts';
import type { Change } from '../events/change.ts';
import { isOwnChange } from '../events/own-change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import type { IamReader } from '../iam/iam.ts';
import { NotFoundError } from '../iam/iam.ts';
import type { Inspection, RestrictedAction } from '../inspection/finding.ts';
import { inspectDocument } from '../inspection/inspect-document.ts';
import { summarise } from '../inspection/summarise.ts';
import type { Settings } from '../settings/schema.ts';
import { allowedUnread } from './allowed-unread.ts';
import type { Judgement } from './payloads.ts';
import { readPaddedEvent } from './read-padded-event.ts';

export interface InspectRules {
  restricted: readonly RestrictedAction[];
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
}

/** An allowed or skipped change, before the answer is put together. */
type Waved = Pick<Judgement, 'verdict' | 'reason'> & { tell?: boolean };

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
  return judge(parsed, rules, tools);
}

async function judge(parsed: ParsedChange, rules: InspectRules, tools: InspectTools): Promise<Judgement> {
  const { change } = parsed;
  const kind = kinds.get(change.eventName);
  const text =
    'text' in parsed.document ? parsed.document.text : await readDocument(kind, change, rules, tools);
  const inspection = inspectText(text, parsed, rules);
  const seen = {
    inspection: summarise(inspection),
    ...(text !== undefined && { document: pack(text) }),
  };
  if (!inspection.restricted) {
    const reason = 'It grants no restricted action.';
    return { ...answer({ verdict: 'allowed', reason, tell: true }, change, rules), ...seen };
  }
  const waved = await wavedByLedger(kind, change, text, rules, tools);
  const restricted = { verdict: 'restricted', reason: whyRestricted(inspection) } as const;
  return { ...answer(waved ?? restricted, change, rules), ...seen };
}

async function readDocument(
  kind: ChangeKind | undefined,
  change: Change,
  { restricted }: InspectRules,
  { iam, pause }: InspectTools,
): Promise<string | undefined> {
  const read = async () => kind?.readDocument(iam, change.target);
  try {
    const text = await whileMissing(read, pause);
    if (change.target.type !== 'inline-policy') return text;
    // An inline policy has no versions: what is read may be what stood there before the change. Harmless counts
    // only once IAM's lag is over.
    const grants = (document: string | undefined) =>
      document !== undefined && inspectDocument(document, restricted).restricted;
    return grants(text) ? text : await lookUntil(read, grants, pause);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function inspectText(text: string | undefined, { document }: ParsedChange, rules: InspectRules): Inspection {
  if (text !== undefined) return inspectDocument(text, rules.restricted);
  const why = 'missing' in document ? document.missing : 'The event holds no document';
  return { restricted: true, findings: [], unreadable: `${why}, and IAM does not show one either.` };
}

function whyRestricted({ findings, unreadable }: Inspection): string {
  if (unreadable !== undefined) return unreadable;
  const actions = [...new Set(findings.map((finding) => finding.restricted))];
  const named = actions.slice(0, 5).join(', ');
  return `It grants ${named}${actions.length > 5 ? ` and ${actions.length - 5} more` : ''}.`;
}

/** Whether the ledger knows this very change, or an approval of exactly what it put in force. */
async function wavedByLedger(
  kind: ChangeKind | undefined,
  change: Change,
  text: string | undefined,
  { attachments }: InspectRules,
  { lookups }: InspectTools,
): Promise<Waved | undefined> {
  const asks = change.target.type === 'attachment' && attachments === 'always-ask';
  const keys = asks || text === undefined ? [] : (kind?.approvalKeys(change) ?? []);
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

function answer(
  { verdict, reason, tell }: Waved,
  change: Change,
  { notifyAllowed }: InspectRules,
): Judgement {
  return { verdict, reason, notifyAllowed: notifyAllowed && tell === true, change };
}
