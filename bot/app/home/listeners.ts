import type { ButtonArgs } from '../click.ts';
import type { BotDeps } from '../deps.ts';
import { publishHome } from './publish-home.ts';

/** "Refresh" on App Home. */
export function refreshHome(deps: BotDeps) {
  return async ({ ack, body }: ButtonArgs): Promise<void> => {
    await ack();
    await publishHome(deps, body.user.id);
  };
}

/** A button that is a link: Slack opens it by itself, and warns the person unless its click is answered too. */
export async function followLink({ ack }: ButtonArgs): Promise<void> {
  await ack();
}
