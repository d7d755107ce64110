import type { GroupClaim } from '../../../workflow/ledger/groups.ts';
import type { Information } from '../../../workflow/ledger/informed.ts';
import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { SentEmail } from '../../media/email/email.ts';
import { amongOthers } from '../../media/slack/api/slack-api.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { Messenger } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { beingPosted, notShown } from '../delivery/errors.ts';
import { postClaimed } from '../delivery/post-claimed.ts';
import { showShared } from '../delivery/show-shared.ts';
import { RATE_LIMIT_TRIES, slackFirst } from '../delivery/slack-first.ts';
import { type InformedOf, informedMessage } from './message.ts';

/** More than these in ten minutes bury what somebody has to decide, and Slack takes about one message a second. */
export const ON_THEIR_OWN = 5;

const WINDOW_MS = 10 * 60_000;

/** What the channel is told, and nobody has to decide. */
export interface Informing {
  of: InformedOf;
  information: Omit<Information, 'at'>;
  requestId: string | undefined;
  retryCount: number;
  /** Told by itself. */
  message: Message;
  /** Only called when Slack did not take it. */
  email: () => Promise<SentEmail>;
}

/** By itself, or counted in the one message for what came within the same ten minutes. */
type Place = { status: 'by-itself' } | GroupClaim;

/**
 * Informs the channel or, failing that, by e-mail. The first few of ten minutes are a message each, whoever made them;
 * the others are counted in one message, so that nobody can bury or delay a request with what needs no decision.
 *
 * @returns what told it; `isOwn` of a message says whether it stands there by itself
 * @throws SlackRateLimitedError, NotDeliveredError
 */
export async function inform(deps: NotifyDeps, informing: Informing): Promise<Messenger> {
  const { requestId, retryCount, email } = informing;
  const slack = () => post(deps, informing);
  return (await slackFirst(deps, { requestId, retryCount, slack, email })).result;
}

async function post(deps: NotifyDeps, informing: Informing): Promise<SlackMessageRef> {
  const { of, requestId = '', retryCount, message } = informing;
  const window = windowOf(deps.now());
  const key = `informed ${of} ${window}`;
  const place = await findPlace(deps, key, window, informing);
  const bySelf = () => deps.slack.post(deps.settings.SLACK_CHANNEL, message);
  if (place.status === 'by-itself') return bySelf();
  const draw = async () => informedMessage(of, window, await deps.ledger.listInformed(key));
  if (place.status === 'ours') {
    const first = async () => deps.slack.post(deps.settings.SLACK_CHANNEL, await draw());
    const opened = await postClaimed(deps, { key, claim: place.claim, requestId, post: first });
    await bestEffort(deps.log.warn, NOT_COUNTED, { requestId }, () => deps.ledger.storeCrowd(key));
    return amongOthers(opened);
  }
  if (place.status === 'open') {
    const { message: shared } = place;
    const update = async () => deps.slack.update(shared, await draw());
    if (await showShared(deps, shared, requestId, update)) return amongOthers(shared);
  }
  if (retryCount < RATE_LIMIT_TRIES) throw place.status === 'busy' ? beingPosted() : notShown();
  return bySelf();
}

/** ISO 8601, UTC: when the ten minutes began. */
function windowOf(now: Date): string {
  return new Date(Math.floor(now.getTime() / WINDOW_MS) * WINDOW_MS).toISOString();
}

const NOT_COUNTED = 'What the channel is informed of could not be counted.';

const BY_ITSELF: Place = { status: 'by-itself' };

/** By itself also when the ledger can't tell: being told matters more. */
async function findPlace(
  { ledger, log, now }: NotifyDeps,
  key: string,
  since: string,
  { information, requestId }: Informing,
): Promise<Place> {
  const place = await bestEffort(log.warn, NOT_COUNTED, { requestId }, async (): Promise<Place> => {
    const at = now().toISOString();
    await ledger.keepInformation(key, { ...information, at });
    const crowd = await ledger.findCrowd(key, since);
    if (crowd !== undefined) return { status: 'open', message: crowd };
    const informed = await ledger.listInformed(key);
    // Of more than are read it may be none.
    const first = informed.slice(0, ON_THEIR_OWN);
    if (first.some(({ id }) => id === information.id)) return BY_ITSELF;
    return ledger.claimGroup(key, since, at);
  });
  return place ?? BY_ITSELF;
}
