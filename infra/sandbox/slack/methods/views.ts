import { validateView } from '../block-kit-limits.ts';
import { invalid, SlackError } from '../slack-error.ts';
import type { Triggers } from '../triggers.ts';
import { APP, type View, type Workspace } from '../workspace.ts';
import { type Arguments, type Methods, optionalText, text } from './method.ts';

/** docs.slack.dev, views.open: `view_too_large` above 250 KB. */
const MAX_VIEW_BYTES = 250_000;

export function viewMethods(workspace: Workspace, triggers: Triggers): Methods {
  return {
    'views.open': {
      scopes: [],
      run({ arguments: args }) {
        const view = viewArgument(args);
        const user = triggers.exchange(args.trigger_id);
        return { view: wireView(workspace, workspace.openView(user, view)) };
      },
    },
    'views.update': {
      scopes: [],
      run({ arguments: args }) {
        const content = viewArgument(args);
        const view = workspace.views.get(text(args, 'view_id'));
        if (view === undefined) throw new SlackError('not_found');
        const hash = optionalText(args, 'hash');
        if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
        workspace.updateView(view, content);
        return { view: wireView(workspace, view) };
      },
    },
  };
}

function viewArgument({ view }: Arguments): Record<string, unknown> {
  checkView(view);
  return view as Record<string, unknown>;
}

/** @throws SlackError invalid_arguments or view_too_large */
export function checkView(view: unknown): void {
  const problems = validateView(view);
  if (problems.length > 0) throw invalid('invalid_arguments', problems);
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES) throw new SlackError('view_too_large');
}

/** A view as Slack hands it to apps. @param values what the person entered, when it was submitted */
export function wireView(workspace: Workspace, { id, hash, view }: View, values: object = {}): object {
  return {
    ...{ private_metadata: '', callback_id: '', external_id: '', submit: null, close: null },
    ...{ clear_on_close: false, notify_on_close: false, previous_view_id: null },
    ...view,
    ...{ id, hash, root_view_id: id, team_id: workspace.team.id, app_installed_team_id: workspace.team.id },
    ...{ app_id: APP.id, bot_id: APP.botId, state: { values } },
  };
}
