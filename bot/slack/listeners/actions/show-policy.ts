import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { unpack } from '../../../../workflow/documents/packed-document.ts';
import { documentView } from '../../messages/document-view.ts';
import type { BotDeps } from '../deps.ts';
import { openViewOnClick } from './open-view.ts';

type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/** "Show the policy": the reviewed document out of the ledger. */
export function showPolicy(deps: BotDeps) {
  return (args: ButtonArgs) =>
    openViewOnClick(deps, args, (view, { document, inspection }) =>
      documentView(
        view,
        inspection.findings,
        document && { text: unpack(document), sha256: document.sha256 },
      ),
    );
}
