import type { RemarkResult } from '../../../workflow/ledger/remarks.ts';
import type { ApprovalRequest, Remark } from '../../../workflow/ledger/request.ts';
import { tellRemark } from '../../notices/remarks.ts';
import { refreshRequest } from '../../notices/request/show.ts';
import { auditClick } from '../audit-click.ts';
import type { Click } from '../click.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';
import { whyOver } from './read-for-approver.ts';

/** Somebody saying something about a request: with a button, or by submitting a modal. */
export type Speaker = Pick<Click, 'requestId' | 'userId' | 'userName' | 'teamId' | 'channel'>;

const AUDITED: Readonly<Record<Remark['kind'], { said: string; refused: string }>> = {
  question: { said: 'question.asked', refused: 'question.refused' },
  answer: { said: 'question.answered', refused: 'question.answer-refused' },
  reason: { said: 'reason.given', refused: 'reason.refused' },
};

/**
 * Keeps what somebody may say, and shows it: in the thread, and on the message.
 *
 * @param deliver to whom it has to go beside that; throws where it did not
 */
export async function say(
  deps: BotDeps,
  { speaker, remark }: { speaker: Speaker; remark: Remark },
  deliver?: (request: ApprovalRequest) => Promise<void>,
): Promise<ApprovalRequest | Refusal> {
  const begun = deps.now();
  const kept = await keep(deps, speaker, remark);
  if ('why' in kept) return refuseToSay(deps, speaker, remark.kind, kept);
  const [, , undelivered] = await Promise.all([
    tellRemark(deps, kept, remark, begun),
    refreshRequest(deps, kept.id),
    deliver?.(kept).then(
      () => undefined,
      (error: unknown) => error,
    ),
    auditClick(deps, speaker, AUDITED[remark.kind].said, remark.text),
  ]);
  if (undelivered === undefined) return kept;
  deps.log.warn('A question did not reach the requester', { error: undelivered, requestId: kept.id });
  return { why: NOT_DELIVERED, passing: true };
}

const NOT_DELIVERED =
  'It stands in the request, but Slack did not take the direct message to the requester. Send it again.';

/** Writes a refusal down. Refused it is either way. */
export async function refuseToSay(
  deps: BotDeps,
  speaker: Speaker,
  kind: Remark['kind'],
  refusal: Refusal,
): Promise<Refusal> {
  await auditClick(deps, speaker, AUDITED[kind].refused, refusal.why);
  return refusal;
}

async function keep(
  deps: BotDeps,
  { requestId }: Speaker,
  remark: Remark,
): Promise<ApprovalRequest | Refusal> {
  let result: RemarkResult;
  try {
    result = await deps.ledger.addRemark(requestId, remark);
  } catch (error) {
    deps.log.error('A remark could not be stored', { error, requestId });
    return { why: 'The ledger did not answer, so this was not kept. Send it again.', passing: true };
  }
  switch (result.status) {
    case 'kept':
      return result.request;
    case 'ended':
      return whyOver(result.request) ?? UNKNOWN;
    case 'full':
      return { why: `Nothing was kept: so much was said here already. Go on in the thread of the request.` };
    case 'unknown':
      return UNKNOWN;
  }
}

const UNKNOWN: Refusal = { why: 'This request is not known (any more).' };
