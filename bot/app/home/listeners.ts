import type { BlockAction, SlackActionMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { lookUpDecider } from '../../approvers/look-up.ts';
import type { BotDeps } from '../deps.ts';
import { readPast } from '../past-requests.ts';
import { describeHome } from './describe-home.ts';
import { homeView } from './home-view.ts';

/** Somebody looks at the app: its Home is made anew each time. The tab with messages needs nothing. */
export function showHome(deps: BotDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    if (event.tab === 'home') await publishHome(deps, event.user);
  };
}

type ActionArgs = SlackActionMiddlewareArgs<BlockAction>;

/** "Refresh" on App Home. */
export function refreshHome(deps: BotDeps) {
  return async ({ ack, body }: ActionArgs): Promise<void> => {
    await ack();
    await publishHome(deps, body.user.id);
  };
}

/** A button that is a link: Slack opens it by itself, and warns the person unless its click is answered too. */
export async function followLink({ ack }: ActionArgs): Promise<void> {
  await ack();
}

/** Read at once; the ledger lists the newest first, so with more than these the next to expire may be missing. */
const PENDING_LIMIT = 100;
const PAST_LIMIT = 10;

/**
 * Shows a person their App Home. Everything is read at once, and what cannot be read is said on it. Never throws: a
 * Home that could not be shown can be opened again, and Slack would only send the event again.
 */
async function publishHome(deps: BotDeps, userId: string): Promise<void> {
  const { ledger, slack, settings, restricted, exemptions, log } = deps;
  const orUnknown = async <T>(reading: Promise<T>): Promise<T | 'unknown'> =>
    reading.catch((error: unknown) => {
      log.warn('A part of App Home could not be read', { error });
      return 'unknown' as const;
    });
  const [decider, pending, past] = await Promise.all([
    lookUpDecider(slack, settings, { userId, channel: settings.SLACK_CHANNEL }),
    orUnknown(ledger.list('pending', PENDING_LIMIT)),
    orUnknown(readPast(deps, PAST_LIMIT)),
  ]);
  const home = describeHome({ decider, pending, past, pendingLimit: PENDING_LIMIT }, settings);
  try {
    await slack.publishHome(userId, homeView(home, { settings, restricted, exemptions, now: deps.now() }));
  } catch (error) {
    log.warn('App Home could not be shown', { error });
  }
}
