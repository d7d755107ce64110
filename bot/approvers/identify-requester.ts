import type { Ledger } from '../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { approvalsNeededFor } from '../../workflow/ledger/requesters.ts';
import { bestEffort } from '../../workflow/runtime/best-effort.ts';
import type { Log } from '../../workflow/runtime/logger.ts';
import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import type { SlackApi, SlackProfile } from '../media/slack/api/slack-api.ts';
import { SlackCallError } from '../media/slack/api/slack-error.ts';
import { asClaim, isSameUser, whyFresh } from './fresh-requester.ts';
import { type Found, matchRequester } from './match-requester.ts';
import { type RequesterRules, type Trace, traceRequester } from './trace-requester.ts';

type Identified = Required<Pick<ApprovalRequest, 'requester' | 'approvalsNeeded'>>;

/** What asking Slack for a requester takes. */
interface IdentifyDeps {
  slack: Pick<SlackApi, 'profile' | 'findByEmail'>;
  requesters: RequesterRules;
  settings: Pick<Settings, 'APPROVALS_REQUIRED' | 'FRESH_REQUESTER_SECONDS'>;
  ledger: Pick<Ledger, 'seenSince'>;
  now: () => Date;
  log: Log;
}

/**
 * Who made a change, in Slack, and how many approvers that takes. Never throws: a look-up that fails is an answer, for
 * nothing that Slack does may hold a request up.
 */
export async function identifyRequester(deps: IdentifyDeps, request: ApprovalRequest): Promise<Identified> {
  const trace = traceRequester(request.change.requester, deps.requesters);
  const [fresh, ...found] = await Promise.all([
    freshness(deps, request),
    ...lookUps(deps, trace).map((lookUp) => answerOf(deps, lookUp)),
  ]);
  const match = matchRequester(trace, found, deps.requesters);
  const requester = fresh === undefined ? match : asClaim(match, fresh);
  return { requester, approvalsNeeded: approvalsNeededFor([requester], deps.settings.APPROVALS_REQUIRED) };
}

/** What holds until Slack was asked: it takes as many approvers as for a requester whom nobody knows. */
export function unidentified(approvalsRequired: number): Identified {
  const requester = { status: 'unknown', why: 'Slack was not asked yet' } as const;
  return { requester, approvalsNeeded: approvalsNeededFor([requester], approvalsRequired) };
}

/**
 * Asks again for a requester about whom Slack could not be asked. Never throws: without an answer the request stays
 * what it is, and needs the second approver.
 *
 * @returns the request as it now is
 */
export async function identifyAgain(
  deps: IdentifyDeps & { ledger: Ledger },
  request: ApprovalRequest,
): Promise<ApprovalRequest> {
  if (request.requester?.status !== 'unknown') return request;
  const identified = await identifyRequester(deps, request);
  if (identified.requester.status === 'unknown') return request;
  const { requester, approvalsNeeded } = identified;
  try {
    const stored = await deps.ledger.storeRequester(request.id, requester, approvalsNeeded);
    return stored ? { ...request, ...identified } : ((await deps.ledger.read(request.id)) ?? request);
  } catch (error) {
    deps.log.warn('Who the requester is could not be stored; it is asked again later', {
      error,
      requestId: request.id,
    });
    return request;
  }
}

/** Types whose callers act by credentials of an IAM user. A federated user has a name of the user's own choice. */
const BY_IAM_USER: readonly string[] = ['IAMUser', 'FederatedUser'];

/** Why the requester's name proves nothing. Never throws: what the ledger does not tell is not known. */
async function freshness(
  { settings, ledger, now, log }: IdentifyDeps,
  { id, change, surroundings, createdAt }: ApprovalRequest,
): Promise<string | undefined> {
  const { type, user } = change.requester;
  if (!BY_IAM_USER.includes(type) || settings.FRESH_REQUESTER_SECONDS === 0) return undefined;
  const age = surroundings?.requesterAge;
  const failure = 'Since when a requester has its name could not be found out';
  const seenSince = await bestEffort(log.warn, failure, { requestId: id }, async () =>
    age && user && isSameUser(user, age)
      ? ledger.seenSince(age.userId, user.name, now().toISOString())
      : undefined,
  );
  // An event of the future is none of CloudTrail's.
  const at = new Date(Math.min(Date.parse(change.eventTime), Date.parse(createdAt)));
  return whyFresh({ user, age, seenSince }, at, settings.FRESH_REQUESTER_SECONDS);
}

type LookUp = () => Promise<SlackProfile | undefined>;

function lookUps({ slack }: IdentifyDeps, trace: Trace): LookUp[] {
  switch (trace.to) {
    case 'nobody':
      return [];
    case 'user':
      return [() => slack.profile(trace.slackUserId)];
    case 'email':
      return trace.addresses.map((address) => () => slack.findByEmail(address));
  }
}

/** Codes of `users.info` that are an answer and not a failure. */
const NOBODY: readonly string[] = ['user_not_found', 'user_not_visible'];

async function answerOf({ log }: IdentifyDeps, lookUp: LookUp): Promise<Found> {
  try {
    return (await lookUp()) ?? 'nobody';
  } catch (error) {
    if (error instanceof SlackCallError && NOBODY.includes(error.code)) return 'nobody';
    log.warn('Slack could not be asked who the requester is', { error });
    return 'unknown';
  }
}
