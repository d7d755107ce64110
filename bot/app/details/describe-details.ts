import type { Finding } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { named } from '../../media/wording/account-name.ts';
import { eventConsoleUrl, executionConsoleUrl } from '../../media/wording/console-url.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import { type DescribedDifference, describeDifference } from './difference.ts';
import { type DescribedEvent, describeEvent } from './event.ts';
import { type KeptDocument, readKept } from './kept-document.ts';
import { describeSchedule, type ScheduleSettings } from './schedule.ts';

/** Other requests for the same policy or by the same requester, newest first, or that they could not be read. */
export type DescribedEarlier = { shown: DescribedRequest[]; more: number; orMore: boolean } | 'unknown';

/** All that is known of a request, for whoever has to decide it. */
export interface DescribedDetails {
  request: DescribedRequest;
  /** When it was looked at. */
  now: Date;
  /** What happens while nobody decides, in one line. */
  schedule: string;
  executionUrl: string;
  eventUrl: string;
  eventId: string;
  /** Users, groups and roles, e.g. `role/deployer`; missing when they could not be read. */
  attachedTo?: string[];
  samePolicy: DescribedEarlier;
  sameRequester: DescribedEarlier;
  document: KeptDocument;
  /** As the inspection wrote them, for the marks in the document. */
  findings: readonly Finding[];
  difference: DescribedDifference;
  event: DescribedEvent;
}

export function describeDetails(
  request: ApprovalRequest,
  earlier: Pick<DescribedDetails, 'samePolicy' | 'sameRequester'>,
  { now, settings }: { now: Date; settings: ScheduleSettings & Pick<Settings, 'ACCOUNT_NAMES'> },
): DescribedDetails {
  const { change, inspection, surroundings, executionArn } = request;
  const document = readKept(request.document, 'The document could not be read, so there is none to show.');
  const described = named(describeRequest(request), settings.ACCOUNT_NAMES);
  return {
    request: described,
    now,
    schedule: describeSchedule(described, settings, now),
    executionUrl: executionConsoleUrl(executionArn),
    eventUrl: eventConsoleUrl(change),
    eventId: plainLine(change.eventId),
    ...(surroundings?.attachedTo && { attachedTo: surroundings.attachedTo.map(plainLine) }),
    ...earlier,
    document,
    findings: inspection.findings,
    difference: describeDifference(request, document),
    event: describeEvent(request.event),
  };
}

/** Those shown of a list of earlier requests. */
const MOST_SHOWN = 5;

/**
 * @param requests newest first, the request itself among them or not
 * @param limit how many were asked for: a full list may not be all
 */
export function describeEarlier(
  requests: readonly ApprovalRequest[],
  requestId: string,
  limit: number,
): DescribedEarlier {
  const others = requests.filter(({ id }) => id !== requestId);
  return {
    shown: others.slice(0, MOST_SHOWN).map(describeRequest),
    more: Math.max(0, others.length - MOST_SHOWN),
    orMore: requests.length >= limit,
  };
}
