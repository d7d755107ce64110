import { describeStory, type StoryLine } from '../../../bot/media/wording/describe-story.ts';
import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';

/** All that is known of one request. */
export interface Story {
  /** Missing for what concerns no request: somebody of another workspace, a change of another account. */
  requestId?: string;
  /** Missing where the ledger holds no request: the change ended before anybody had to be asked. */
  status?: ApprovalRequest['status'];
  outcome?: ApprovalRequest['outcome'];
  requester?: ApprovalRequest['change']['requester'];
  target?: ApprovalRequest['change']['target'];
  /** The CloudTrail event and the execution that the request belongs to now. */
  eventId?: string;
  executionArn?: string;
  /** Where its message stands, once Slack has taken it. */
  slack?: ApprovalRequest['slack'];
  story: StoryLine[];
}

type Reader = Pick<Ledger, 'read' | 'auditTrail' | 'auditSince'>;

/** @returns undefined where the ledger knows nothing under this id */
export async function readStory(
  ledger: Pick<Reader, 'read' | 'auditTrail'>,
  requestId: string,
): Promise<Story | undefined> {
  const [request, trail] = await Promise.all([ledger.read(requestId), ledger.auditTrail(requestId)]);
  if (request === undefined && trail.length === 0) return undefined;
  return { requestId, ...(request && factsOf(request)), story: describeStory(request, trail) };
}

/**
 * The whole story of every request that something has happened to since then, in the order in which it did; one at a
 * time, for a ledger is larger than memory. What concerns no request comes last, as one story.
 *
 * @param since ISO 8601, UTC
 */
export async function* storiesSince(ledger: Reader, since: string): AsyncGenerator<Story> {
  const entries = await ledger.auditSince(since);
  const ids = new Set(entries.flatMap(({ requestId }) => requestId ?? []));
  for (const id of ids) {
    const story = await readStory(ledger, id);
    if (story !== undefined) yield story;
  }
  const others = entries.filter(({ requestId }: AuditEntry) => requestId === undefined);
  if (others.length > 0) yield { story: describeStory(undefined, others) };
}

function factsOf({
  status,
  outcome,
  change,
  executionArn,
  slack,
}: ApprovalRequest): Omit<Story, 'requestId' | 'story'> {
  const { requester, target, eventId } = change;
  return {
    status,
    ...(outcome && { outcome }),
    requester,
    target,
    eventId,
    executionArn,
    ...(slack && { slack }),
  };
}
