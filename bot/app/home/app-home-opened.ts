import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import type { BotDeps } from '../deps.ts';
import { publishHome } from './publish-home.ts';

/** Somebody looks at the app: its Home is made anew each time. The tab with messages needs nothing. */
export function showHome(deps: BotDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    if (event.tab === 'home') await publishHome(deps, event.user);
  };
}
