import { deliveredDetail } from '../../../workflow/decisions/decision-entry.ts';
import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { describeChange } from './describe-change.ts';
import { describeContainment } from './describe-containment.ts';
import { type DescribedFinding, describeFinding } from './describe-finding.ts';
import { plainLine } from './plain-line.ts';

/** One thing that happened to a request. Its texts may be foreign: single lines, and not escaped for any medium. */
export type StoryLine = Omit<AuditEntry, 'requestId' | 'deliveredAt'>;

/**
 * All that is known of a request, in the order in which it happened: the change, what was found in it, quarantine, and
 * then its audit trail with every message, every attempt and the decision; delivery and end.
 *
 * @param request undefined where the ledger holds only the trail: the change ended before anybody had to be asked
 * @param trail oldest first
 */
export function describeStory(
  request: ApprovalRequest | undefined,
  trail: readonly AuditEntry[],
): StoryLine[] {
  const told = [
    ...trail.map(({ requestId: _, deliveredAt: __, ...entry }) => plainEntry(entry)),
    ...trail.flatMap(deliveredAtOnce),
  ];
  const lines =
    request === undefined
      ? told
      : [
          ...beginning(request),
          ...told.filter((entry) => !isOutcome(entry) && !isDelivery(entry)),
          ...reasons(request),
          ...told.filter(isDelivery),
          ...ending(request),
          ...told.filter(isOutcome),
        ];
  // Stable: of one moment, the order above counts.
  return lines.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

const IDS = {
  slackUserId: 'user',
  slackUserName: 'name',
  slackTeamId: 'workspace',
  slackChannel: 'channel',
  slackTs: 'ts',
  emailId: 'e-mail',
  emailTo: 'to',
  eventId: 'eventID',
  executionArn: 'execution',
} as const;

/** Of nearly all lines the same. */
const OF_AWS: readonly string[] = [IDS.eventId, IDS.executionArn];

/** The ids of each line, those of AWS only where they are others than were told last. */
export function idsOf(story: readonly StoryLine[]): { label: string; value: string }[][] {
  const told = new Map<string, string>();
  return story.map((line) =>
    Object.entries(IDS).flatMap(([key, label]) => {
      const value = line[key as keyof typeof IDS];
      if (value === undefined || (OF_AWS.includes(label) && told.get(label) === value)) return [];
      told.set(label, value);
      return [{ label, value }];
    }),
  );
}

const isDelivery = ({ event }: StoryLine): boolean => event === 'decision.delivered';

const isOutcome = ({ event }: StoryLine): boolean => event.startsWith('outcome.');

/** The entry of a decision that the state machine took at once tells both. */
function deliveredAtOnce({ deliveredAt: at, event, eventId, executionArn }: AuditEntry): StoryLine[] {
  if (at === undefined) return [];
  const detail = deliveredDetail(event.replace('decision.', ''));
  return [{ at, event: 'decision.delivered', detail, eventId, executionArn }];
}

function plainEntry(entry: StoryLine): StoryLine {
  const { slackUserName, detail } = entry;
  return {
    ...entry,
    detail: plainLine(detail),
    ...(slackUserName !== undefined && { slackUserName: plainLine(slackUserName) }),
  };
}

const SWEPT = 'The sweep found it in force; no event had told of it.';

/** What was found belongs to the moment of the change: it is a property of the document. */
function beginning(request: ApprovalRequest): StoryLine[] {
  const { change, inspection, quarantinedAt, executionArn } = request;
  const { eventId, eventName, eventTime: at, accountId, foundAt } = change;
  const { deed, policy, whoDetails } = describeChange(change);
  const who = whoDetails.map(({ label, value }) => ` ${label}: ${value}.`).join('');
  const made = `${deed} (${plainLine(eventName)}, ${policy}, account ${plainLine(accountId)}).${who}`;
  const more = inspection.total - inspection.findings.length;
  return [
    { at, event: 'change.made', detail: made, eventId, executionArn },
    ...(foundAt === undefined ? [] : [{ at: foundAt, event: 'sweep.found', detail: SWEPT }]),
    ...inspection.findings.map((finding) => found(at, grants(describeFinding(finding)))),
    ...(more > 0 ? [found(at, `${more} more findings; the reviewed document has them.`)] : []),
    ...(inspection.unreadable === undefined
      ? []
      : [found(at, `It could not be read: ${plainLine(inspection.unreadable)}`)]),
    ...(quarantinedAt === undefined ? [] : [quarantined(request, quarantinedAt)]),
  ];
}

const found = (at: string, detail: string): StoryLine => ({ at, event: 'change.found', detail });

function grants({ restricted, grantedBy, statement, resources, condition }: DescribedFinding): string {
  const under = condition === undefined ? '' : `, under ${condition}`;
  return `${restricted}, granted by ${grantedBy} in ${statement} on ${resources.join(', ')}${under}.`;
}

function quarantined(request: ApprovalRequest, at: string): StoryLine {
  return { at, event: 'change.quarantined', detail: describeContainment(request).quarantine };
}

function ending({ closedAt, outcome, outcomeDetail = '' }: ApprovalRequest): StoryLine[] {
  if (closedAt === undefined) return [];
  return [{ at: closedAt, event: 'request.closed', detail: `${outcome}: ${plainLine(outcomeDetail)}` }];
}

/** The last approval is the decision, with the same words. */
function reasons({ votes, decision }: ApprovalRequest): StoryLine[] {
  const earlier = votes.filter(({ at }) => at !== decision?.at);
  return [...earlier, ...(decision === undefined ? [] : [decision])].flatMap(({ at, by, reason }) =>
    reason === undefined
      ? []
      : [{ at, event: 'decision.reason', detail: `${plainLine(by.name)}: ${plainLine(reason)}` }],
  );
}
