import { type Containment, NAME, othersOf } from '../plays/containments.ts';
import { RESTRICTED } from '../plays/documents.ts';
import type { World } from '../world/world.ts';
import { auditIn, type KeptAudit, type KeptRequest, requestsIn } from './ledger-view.ts';
import type { PromiseNumber, Violation } from './promises.ts';

/** What a case was about, for judging how it ended. */
export interface Ended {
  containment: Containment;
  /** How its request may end; none where any named end will do. */
  expected: readonly string[];
  /** `othersOf` from before the change. */
  others: string;
  /** Whether people other than the guard wrote the same target meanwhile. */
  disturbed: boolean;
}

interface Evidence extends Ended {
  world: World;
  requests: KeptRequest[];
  audit: KeptAudit[];
  inForce: boolean;
}

type Check = (evidence: Evidence) => string | undefined;

/** Looks at everything that a case has left behind. */
export async function checkEnd(world: World, ended: Ended): Promise<Violation[]> {
  const items = await world.readLedger();
  const evidence: Evidence = {
    ...ended,
    world,
    requests: requestsIn(items),
    audit: auditIn(items),
    inForce: ended.containment.inForce(world.sandbox.iam),
  };
  return CHECKS.flatMap(([promise, check]) => {
    const seen = check(evidence);
    return seen === undefined ? [] : [{ promise, seen }];
  });
}

const CHECKS: readonly [PromiseNumber, Check][] = [
  [1, inForceWithoutApproval],
  [2, originalUnreadable],
  [2, approvedAndNotInForce],
  [3, notOneRequest],
  [3, notOneDecision],
  [4, stillRunning],
  [4, notAsDecided],
  [4, nobodyTold],
  [5, decidedByNobody],
  [7, takenForItsOwn],
  [7, askedAboutItsOwn],
  [8, decisionNotAudited],
  [8, secretInSight],
  [9, othersTouched],
  [9, strayLeft],
];

const decisionsOf = (evidence: Evidence) =>
  realRequests(evidence).flatMap(({ decision }) => decision?.decision ?? []);
const isApproved = (evidence: Evidence) => decisionsOf(evidence).includes('approved');

function inForceWithoutApproval(evidence: Evidence) {
  return evidence.inForce && !isApproved(evidence)
    ? 'at the end the grant is in force, and no approval is in the table'
    : undefined;
}

function originalUnreadable({ requests, containment, world, inForce }: Evidence) {
  if (inForce || containment.isKept(world.sandbox.iam)) return undefined;
  return requests.some(({ document }) => document === RESTRICTED)
    ? undefined
    : 'the original is neither in IAM nor in the table';
}

function approvedAndNotInForce(evidence: Evidence) {
  if (evidence.disturbed || !isApproved(evidence) || evidence.inForce) return undefined;
  return `approved, and what was reviewed is not in force (${outcomes(evidence)})`;
}

/**
 * Whom CloudTrail shows only after an approval may be who gave it, so it is asked about anew: the one reason for another
 * request is an approval of the one before, which did not know who made it.
 */
function isAskedAnew(before: KeptRequest, next: KeptRequest) {
  const isNew = next.makers.some((maker) => !before.makers.includes(maker));
  return before.decision?.decision === 'approved' && isNew;
}

const inOrder = (evidence: Evidence) =>
  realRequests(evidence).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));

function notOneRequest(evidence: Evidence) {
  const requests = inOrder(evidence);
  const isFounded = requests.every((next, index) => {
    const before = requests[index - 1];
    return before === undefined || isAskedAnew(before, next);
  });
  return isFounded || evidence.disturbed ? undefined : `${requests.length} requests for one change`;
}

function notOneDecision({ requests, audit }: Evidence) {
  const twice = requests.find(
    ({ id }) =>
      new Set(
        audit
          .filter(
            ({ requestId, event }) => requestId === id && /^decision\.(approved|denied|expired)$/.test(event),
          )
          .map(({ event }) => event),
      ).size > 1,
  );
  return twice === undefined ? undefined : `the audit trail of ${twice.id} has two decisions`;
}

function stillRunning({ world }: Evidence) {
  const running = world.sandbox.executions().filter(({ status }) => status === 'RUNNING');
  return running.length === 0 ? undefined : `${running.length} still running, at ${running[0]?.path.at(-1)}`;
}

function notAsDecided(evidence: Evidence) {
  const { world } = evidence;
  const requests = inOrder(evidence);
  if (requests.length === 0) return notRecorded(evidence);
  const open = requests.find(({ status }) => status !== 'closed');
  if (open !== undefined) return `a request is left ${open.status} (${statuses(world)})`;
  const wrong = requests.find((request, index) => !endsAsExpected(request, requests[index + 1], evidence));
  return wrong === undefined
    ? undefined
    : `ended ${wrong.outcome} instead of ${evidence.expected.join(' or ')} (${statuses(world)})`;
}

/** An approval that had not been carried out when its maker was shown is not carried out any more. */
function endsAsExpected(request: KeptRequest, next: KeptRequest | undefined, { expected }: Ended) {
  const { outcome = '' } = request;
  if (expected.length === 0 || expected.includes(outcome)) return true;
  return outcome === 'superseded' && next !== undefined && isAskedAnew(request, next);
}

/** What was not in force any more when the guard came needs no request; somebody is told all the same. */
function notRecorded({ expected, world }: Evidence) {
  const ended = world.sandbox.executions().every(({ status }) => status === 'SUCCEEDED');
  return ended && expected.length === 0 ? undefined : `no request in the table (${statuses(world)})`;
}

/** Those about the change. The draft of one that turned out to be covered by another request stays one. */
function realRequests({ requests }: Evidence): KeptRequest[] {
  const about = requests.filter((request) => !isOfGuard(request));
  const real = about.filter(({ status }) => status !== 'draft');
  return real.length > 0 ? real : about;
}

function nobodyTold({ world, requests }: Evidence) {
  const { messages } = world.sandbox.slack.workspace;
  const told = [...messages.map((each) => JSON.stringify(each)), ...world.sandbox.emails.map(whole)].filter(
    (text) => text.includes(NAME),
  );
  if (told.length === 0) return 'nobody was told of anything';
  const untold = requests.find(
    ({ outcome }) =>
      outcome !== undefined && !told.some((text) => inWords(text.toLowerCase()).includes(inWords(outcome))),
  );
  return untold === undefined ? undefined : `nobody was told that it ended as ${untold.outcome}`;
}

/** People read `Own change`, not `own-change`. */
const inWords = (text: string) => text.replaceAll('-', ' ');

function decidedByNobody({ requests }: Evidence) {
  const wrong = requests.find(
    ({ decision }) =>
      decision !== undefined &&
      decision.via === 'slack' &&
      !MAY_DECIDE.includes(decision.by.slackUserId ?? ''),
  );
  return wrong === undefined ? undefined : `decided by ${wrong.decision?.by.slackUserId}`;
}
const MAY_DECIDE = ['U0ADALOVE', 'U0GRACEHO'];

const OWN_ROLE = 'assumed-role/policy-guard-contain/';

function takenForItsOwn({ requests, world }: Evidence) {
  const isLeft = requests.some((request) => isOfGuard(request) && request.outcome === 'approved');
  const executions = world.sandbox.executions();
  for (const { input, end, status } of executions) {
    const own = input.includes(OWN_ROLE);
    const outcome = end.output === undefined ? undefined : JSON.parse(end.output).outcome;
    if (outcome === 'own-change' && !own) return 'somebody else’s write was taken for the guard’s';
    // Whoever stops what waits may have stopped this too: then it is started again.
    const again = executions.filter((other) => other.input === input).length > 1;
    if (
      own &&
      outcome !== 'own-change' &&
      !(status === 'ABORTED' && again) &&
      !(isLeft && outcome === 'approved')
    ) {
      return `a write of the guard itself ended ${outcome ?? 'without an outcome'}`;
    }
  }
  return undefined;
}

function decisionNotAudited({ requests, audit }: Evidence) {
  const missing = requests.find(
    ({ id, decision }) =>
      decision !== undefined &&
      !audit.some(({ requestId, event }) => requestId === id && event === `decision.${decision.decision}`),
  );
  return missing === undefined
    ? undefined
    : `no entry of the audit trail says that it was ${missing.decision?.decision}`;
}

const isOfGuard = ({ makers }: KeptRequest) =>
  makers.length > 0 && makers.every((maker) => maker.includes(OWN_ROLE));

/**
 * While IAM cannot be read, nothing tells the guard's own write, whose event has no document, from what a stolen role has
 * put in force: people are asked about it as about any other. Once IAM answers it ends as what it is, unless people have
 * said before that it is to be left.
 */
function askedAboutItsOwn({ requests, world }: Evidence) {
  const own = requests.filter((request) => isOfGuard(request) && request.status !== 'draft');
  if (own.length === 0) return undefined;
  if (!world.calls.some(({ service, fate }) => service === 'iam' && fate !== 'answer')) {
    return 'people were asked about a write of the guard itself, which IAM showed all along';
  }
  const wrong = own.find(({ outcome }) => outcome !== 'own-change' && outcome !== 'approved');
  return wrong && `a request about a write of the guard itself is left ${wrong.outcome ?? wrong.status}`;
}

/** A task token is 668 characters of base64; a signed link carries `signature=`. */
const TOKEN = /[A-Za-z0-9+/]{600,}={0,2}/;

function secretInSight({ world }: Evidence) {
  const { slack } = world.sandbox;
  const logs = world.log.join('');
  if ([slack.secret.botToken, slack.secret.signingSecret].some((secret) => logs.includes(secret))) {
    return 'a secret of Slack is in the log';
  }
  if (/decide\?[^"\s]*sig(nature)?=/.test(logs)) return 'a signed link is in the log';
  return TOKEN.test(logs) ? 'a task token is in the log' : undefined;
}

function othersTouched({ world, others }: Evidence) {
  return othersOf(world.sandbox.iam) === others ? undefined : 'something that is not concerned has changed';
}

function strayLeft(evidence: Evidence) {
  const { containment, world, disturbed } = evidence;
  const requests = realRequests(evidence);
  const closed = requests.length === 1 && requests[0]?.status === 'closed';
  if (!closed || disturbed) return undefined;
  return containment.leftOver(world.sandbox.iam, requests[0]?.outcome === 'approved' ? 'approved' : 'denied');
}

const outcomes = ({ requests }: Evidence) =>
  requests.map(({ status, outcome }) => outcome ?? status).join(', ');

function statuses(world: World): string {
  return world.sandbox
    .executions()
    .map(({ status, end, path }) => {
      const { outcome } = JSON.parse(end.output ?? '{}');
      return outcome === 'own-change' ? '' : `${status}${outcome ? ` ${outcome}` : ` at ${path.at(-2)}`}`;
    })
    .filter(Boolean)
    .join(', ');
}

const whole = ({ subject, text }: { subject: string; text: string }) => `${subject}\n${text}`;
