import { approvalKeys } from '../containment/approval-keys.ts';
import { askAhead } from '../containment/ask-ahead.ts';
import { orMissing } from '../containment/or-missing.ts';
import { planChange } from '../containment/plan.ts';
import { covers, readPrincipal } from '../containment/principal.ts';
import type { Pause } from '../containment/settle.ts';
import type { PlanTools } from '../containment/tasks.ts';
import { ownedByAws } from '../events/aws-owned.ts';
import type { Change, Requester } from '../events/change.ts';
import { parseRecord, recordIn } from '../events/cloudtrail-record.ts';
import type { Exemption } from '../events/exemptions/exemption.ts';
import { findExemption } from '../events/exemptions/find-exemption.ts';
import { isOwnChange } from '../events/own-change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import { readEnding, readRenaming } from '../events/read-ending.ts';
import type { Inspection } from '../inspection/finding.ts';
import { inspectDocument } from '../inspection/inspect-document.ts';
import { mustQuarantine, type ReviewRules } from '../inspection/must-quarantine.ts';
import { pack, sha256 } from '../inspection/packed-document.ts';
import { summarise } from '../inspection/summarise.ts';
import { isStock } from '../inventory/is-stock.ts';
import type { Approval } from '../ledger/decisions.ts';
import type { Plan } from '../ledger/intents.ts';
import type { Principal } from '../ledger/request.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import type { Log } from '../runtime/logger.ts';
import type { Settings } from '../runtime/settings/schema.ts';
import { allowedUnread } from './allowed-unread.ts';
import { fitIntoState } from './fit-into-state.ts';
import { writerOf } from './own-write.ts';
import { packEvent } from './pack-event.ts';
import type { Judgement } from './payloads.ts';
import { whyMissing } from './read-document.ts';
import { type Granted, readGranted } from './read-granted.ts';
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

export interface InspectTools extends PlanTools {
  pause: Pause;
}

/** A verdict, before the answer is put together. */
type Verdict = Pick<Judgement, 'verdict' | 'reason' | 'exemption'> & { tell?: boolean };

/** What is asked side by side about a change that grants something restricted. */
interface Asked {
  recorded: boolean;
  approvals: readonly Approval[];
  /** Whether the first run had found exactly this, and nobody has changed it. */
  stock: boolean;
  /** Whether it may have been made of another user or group than the one who has the name by now. */
  inDoubt: boolean;
  principal?: Principal | undefined;
  plan?: Plan | undefined;
}

/**
 * The Inspect step: from an event to a judgement. Nothing is harmless because it could not be read. What is restricted
 * comes with the plan of what is to be done about it, before anything is written.
 *
 * @param event an EventBridge event with a CloudTrail record as its detail
 * @throws what IAM throws, but for a miss: then the step is tried again, and at last the change counts as restricted
 */
export async function inspect(event: unknown, rules: InspectRules, tools: InspectTools): Promise<Judgement> {
  const reading = await readPaddedEvent(event, rules, tools);
  if (reading.type === 'no-change') return leftAlone(event, reading.reason, rules);
  if (reading.type === 'foreign') return refuseForeign(reading, tools.log);
  if (reading.type === 'unreadable') {
    return { verdict: 'restricted', reason: reading.reason, notifyAllowed: false };
  }
  const { parsed, record, others } = reading;
  const allowed = allowedUnread(parsed, rules);
  const writer = await writerOf(record, parsed, rules, tools);
  if (writer === 'own') {
    return answer(OWN_CHANGE, parsed.change, rules);
  }
  if (allowed !== undefined) return answer({ verdict: 'allowed', ...allowed }, parsed.change, rules);
  const judgement = await judge(parsed, event, rules, tools);
  const whole: Judgement = {
    ...judgement,
    ...(others && { others }),
    ...(writer === 'unproven' && { byGuard: true }),
  };
  return fitIntoState(whole, ['event', 'plan.before'], tools.log);
}

const OWN_CHANGE = { verdict: 'own-change', reason: 'Policy Guard made this change itself.' } as const;

/** What is no change, or only takes away: whoever does that, there is nothing to prove. */
function leftAlone(event: unknown, reason: string, { containRoleArn }: InspectRules): Judgement {
  if (readRenaming(event) !== undefined) {
    const renamed = 'It gives another name; whoever has it keeps what they had.';
    return { verdict: 'allowed', reason: renamed, notifyAllowed: false };
  }
  if (readEnding(event) === undefined) return { verdict: 'allowed', reason, notifyAllowed: false };
  if (isOwnChange(parseRecord(recordIn(event)), containRoleArn)) {
    return { ...OWN_CHANGE, notifyAllowed: false };
  }
  return { verdict: 'allowed', reason: 'It only takes away what was in force.', notifyAllowed: false };
}

function refuseForeign({ reason, parsed }: { reason: string; parsed?: ParsedChange }, log: Log): Judgement {
  log.warn('An event of another account was refused.', { reason, eventId: parsed?.change.eventId });
  if (parsed === undefined) return { verdict: 'foreign', reason, notifyAllowed: false };
  const inspection = { findings: [], total: 0 };
  return { verdict: 'foreign', reason, notifyAllowed: false, change: parsed.change, inspection };
}

async function judge(
  parsed: ParsedChange,
  event: unknown,
  rules: InspectRules,
  given: InspectTools,
): Promise<Judgement> {
  const { change } = parsed;
  const tools = withAnswers(change, given);
  // Asked before IAM is: a ledger that does not answer must not cost its time after IAM's.
  const recorded = tools.lookups.recorded(change.requestId).then((request) => request !== undefined);
  const reading = readGranted(parsed, rules, tools);
  // Where IAM has to be asked for the document, whom it serves is asked at once: the grant is in force meanwhile.
  const early = 'text' in parsed.document ? undefined : readServed(change, tools);
  const granted = await reading;
  const inspection = inspectGranted(granted, parsed, rules);
  const { text, waitsIn } = granted;
  const seen = {
    inspection: { ...summarise(inspection, text), ...(waitsIn !== undefined && { waitsIn }) },
    ...(text !== undefined && { document: pack(text) }),
  };
  if (!inspection.restricted) {
    const reason = 'It grants no restricted action.';
    return { ...answer({ verdict: 'allowed', reason, tell: true }, change, rules), ...seen };
  }
  const served = early ?? readServed(change, tools);
  const asked = await askAbout(change, granted, { recorded, served }, rules, tools);
  const known = knownToLedger(change, asked);
  if (known !== undefined) return { ...answer(known, change, rules), ...seen };
  const exemption = await exemptionFor(inspection, change, rules, tools);
  const judged = awsManaged(change, asked) ?? judgeRestricted(inspection, granted, exemption, rules);
  const verdict = givesNothing(judged, asked, rules) ?? judged;
  const { plan, principal } = asked;
  return {
    ...answer(verdict, change, rules),
    ...seen,
    ...(plan && { plan }),
    ...(principal && { principal }),
    ...packEvent(event, tools.log),
  };
}

/** Of what is attached the event tells no document. */
function withAnswers(change: Change, tools: InspectTools): InspectTools {
  const { target } = change;
  if (target.type !== 'attachment') return tools;
  return { ...tools, lookups: askAhead({ ...change, target }, tools.lookups) };
}

function inspectGranted({ text }: Granted, parsed: ParsedChange, { restricted }: InspectRules): Inspection {
  return text === undefined
    ? { restricted: true, findings: [], unreadable: whyMissing(parsed) }
    : inspectDocument(text, restricted);
}

/** What cannot be read before is read again when it is needed. */
function ask<T>(
  what: string,
  { requestId }: Change,
  { limits, log }: InspectTools,
  question: () => Promise<T>,
): Promise<T | undefined> {
  return bestEffort(log.warn, `Nothing told ${what}; going on without it.`, { requestId }, () =>
    inTime(question(), limits.readMs),
  );
}

function readServed(change: Change, tools: InspectTools): Promise<Principal | undefined> {
  return ask('whom the grant serves', change, tools, () => orMissing(readPrincipal(change, tools.iam)));
}

async function askAbout(
  change: Change,
  { text, inForce }: Granted,
  { recorded, served }: { recorded: Promise<boolean>; served: Promise<Principal | undefined> },
  { attachments }: InspectRules,
  tools: InspectTools,
): Promise<Asked> {
  const asksAlways = change.target.type === 'attachment' && attachments === 'always-ask';
  const keys = asksAlways || text === undefined ? [] : approvalKeys(change);
  const [principal, plan, known, entry, former, ...approvals] = await Promise.all([
    served,
    text === undefined
      ? undefined
      : ask('what is to be done', change, tools, () =>
          orMissing(planChange(change, text, tools, { inForce, served })),
        ),
    recorded,
    asksAlways ? undefined : tools.lookups.inventoryOf(change.target),
    asksAlways ? undefined : tools.lookups.formerHolder(change),
    ...keys.map((key) => tools.lookups.approvalOf(key, sha256(text ?? ''))),
  ]);
  const others = [former, entry?.id];
  const isAnother = (id: string | undefined) => id !== undefined && id !== principal?.id;
  return {
    ...{ recorded: known, principal, plan },
    approvals: approvals.filter((one) => one !== undefined),
    inDoubt: change.holder !== undefined || (canBeRenamed(change) && others.some(isAnother)),
    stock: text !== undefined && isStock(change, text, principal, entry),
  };
}

/** Whether the ledger knows this very change, or an approval of exactly what it put in force, or had seen it there. */
function knownToLedger(
  change: Change,
  { recorded, approvals, stock, inDoubt, principal }: Asked,
): Verdict | undefined {
  if (recorded) return { verdict: 'duplicate', reason: `Request ${change.requestId} covers this change.` };
  // Whoever has the name by now may have held it before; whom it was made of, Quarantine finds out.
  if (inDoubt) return undefined;
  if (stock) {
    const reason =
      'Exactly this was in force when the first run took stock, or somebody exempt had made it, and nobody has changed it since.';
    return { verdict: 'allowed', reason, tell: true };
  }
  const approval = approvals.find((one) => covers(one, { change, principal }) && isNamedAsNow(one, change));
  if (approval === undefined) return undefined;
  const reason = `Exactly this was approved by ${approval.by} in request ${approval.requestId}.`;
  return { verdict: 'allowed', reason, tell: true };
}

function canBeRenamed({ target }: Change): boolean {
  return target.type !== 'managed-policy' && target.entity !== 'role';
}

/** Of what was approved under another name nothing tells whether it has this one since before the change. */
function isNamedAsNow({ principal }: Approval, { target }: Change): boolean {
  if (target.type === 'managed-policy' || !principal?.arn?.includes(`:${target.entity}/`)) return true;
  return principal.arn.split('/').at(-1)?.toLowerCase() === target.entityName.toLowerCase();
}

/**
 * What was attached before, and is attached once more, gives nothing to anybody: a version that has come into force, or
 * waits to, is asked about by itself. What is in force for longer, and restricted, is judged as ever.
 */
function givesNothing(
  { verdict }: Verdict,
  { plan, inDoubt }: Asked,
  { attachments }: InspectRules,
): Verdict | undefined {
  if (verdict !== 'restricted' || plan?.type !== 'attachment' || attachments === 'always-ask')
    return undefined;
  // Whoever has the name by now may have held it before, and another one holds it now.
  if (inDoubt || plan.isBefore === undefined || plan.isIdentical) return undefined;
  const reason =
    'It was attached already, so nobody gets anything by this; the version of the policy is judged by itself.';
  return { verdict: 'allowed', reason, tell: true };
}

function awsManaged({ requester }: Change, { principal }: Asked): Verdict | undefined {
  const owned = ownedByAws(requester, principal?.arn);
  return owned === undefined ? undefined : { verdict: 'aws-managed', reason: owned };
}

/** What could not be read is never exempt: what the requester is exempt from is not known. */
async function exemptionFor(
  { unreadable }: Inspection,
  { requester, eventTime }: Change,
  { exemptions }: InspectRules,
  tools: InspectTools,
): Promise<Exemption | undefined> {
  const later = new Date(Math.max(Date.parse(eventTime), tools.now().getTime()));
  const found = unreadable === undefined ? findExemption(exemptions, requester, later) : undefined;
  return found !== undefined && (await hasItsName(requester, tools)) ? found : undefined;
}

/**
 * Whether a user of IAM is the one whom a sweep has seen under its name: whoever may rename users can act by any name.
 * A user whom none has seen yet is exempt once one has.
 */
async function hasItsName({ type, user }: Requester, { lookups }: InspectTools): Promise<boolean> {
  if (type !== 'IAMUser') return true;
  if (user?.id === undefined) return false;
  const known = await lookups.inventoryOf({
    ...{ type: 'inline-policy', entity: 'user' },
    ...{ entityName: user.name, policyName: '' },
  });
  return known?.id === user.id;
}

function judgeRestricted(
  inspection: Inspection,
  granted: Granted,
  exemption: Exemption | undefined,
  rules: InspectRules,
): Verdict {
  const why = [whyRestricted(inspection), whyJudged(granted)].filter((each) => each !== undefined).join(' ');
  if (exemption !== undefined) {
    const reason = `${why} Its requester is exempt until ${exemption.until}: ${exemption.reason}`;
    return { verdict: 'exempt', reason, exemption };
  }
  if (mustQuarantine(inspection, rules)) return { verdict: 'restricted', reason: why };
  return { verdict: 'observed', reason: `${why} It would have been quarantined, but is only observed.` };
}

function whyJudged({ waitsIn }: Granted): string | undefined {
  return (
    waitsIn &&
    `Request ${waitsIn} waits for a version of the policy, and did not ask about this one who would hold it too.`
  );
}

function answer({ tell, ...verdict }: Verdict, change: Change, { notifyAllowed }: InspectRules): Judgement {
  return { ...verdict, notifyAllowed: notifyAllowed && tell === true, change };
}
