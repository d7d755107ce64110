import { type ViewSurface, validateView } from '../block-kit-limits.ts';
import { hasHome } from '../people.ts';
import { invalid, SlackError } from '../slack-error.ts';
import type { Triggers } from '../triggers.ts';
import type { View } from '../views.ts';
import { APP, type Workspace } from '../workspace.ts';
import { type Arguments, type Methods, optionalText, text } from './method.ts';

/** docs.slack.dev, views.open: `view_too_large` above 250 KB. */
const MAX_VIEW_BYTES = 250_000;

export function viewMethods(workspace: Workspace, triggers: Triggers): Methods {
  const { views } = workspace;
  return {
    'views.open': {
      scopes: [],
      run({ arguments: args }) {
        const content = viewArgument(args, 'modal');
        const { user } = triggers.exchange(args.trigger_id);
        return { view: wireView(workspace, views.open(user, content)) };
      },
    },
    'views.push': {
      scopes: [],
      run({ arguments: args }) {
        const content = viewArgument(args, 'modal');
        const { viewId } = triggers.exchange(args.trigger_id);
        const onto = views.modals().find(({ id }) => id === viewId);
        if (onto === undefined) throw new SlackError('not_found');
        return { view: wireView(workspace, views.push(onto, content)) };
      },
    },
    'views.update': {
      scopes: [],
      run({ arguments: args }) {
        const viewId = text(args, 'view_id');
        const view = views.get(viewId);
        if (view === undefined) throw new SlackError('not_found');
        const content = viewArgument(args, view.view.type === 'home' ? 'home' : 'modal');
        checkHash(view, args);
        views.update(view, content);
        return { view: wireView(workspace, view) };
      },
    },
    'views.publish': {
      scopes: [],
      run({ arguments: args }) {
        const content = viewArgument(args, 'home');
        const user = homeOwner(workspace, args);
        checkHash(views.homeOf(user), args);
        return { view: wireView(workspace, views.publish(user, content)) };
      },
    },
  };
}

function viewArgument({ view }: Arguments, surface: ViewSurface): Record<string, unknown> {
  checkView(view, surface);
  return view as Record<string, unknown>;
}

/** @throws SlackError invalid_arguments or view_too_large */
export function checkView(view: unknown, surface: ViewSurface): void {
  const problems = validateView(view, surface);
  if (problems.length > 0) throw invalid('invalid_arguments', problems);
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES) throw new SlackError('view_too_large');
}

/** In the words of the example for views.publish on docs.slack.dev. */
function homeOwner(workspace: Workspace, args: Arguments): string {
  const person = workspace.person(text(args, 'user_id'));
  if (person === undefined || !hasHome(person)) throw invalid('invalid_arguments', ['invalid `user_id`']);
  return person.id;
}

/** @throws SlackError hash_conflict when the view has changed since the app saw it */
function checkHash(view: View | undefined, args: Arguments): void {
  const hash = optionalText(args, 'hash');
  if (hash !== undefined && hash !== view?.hash) throw new SlackError('hash_conflict');
}

/** A view as Slack hands it to apps. @param values what stands in its inputs, when somebody has used it */
export function wireView(workspace: Workspace, shown: View, values: object = {}): object {
  const { id, hash, view, previousId, rootId } = shown;
  return {
    ...{ private_metadata: '', callback_id: '', external_id: '', submit: null, close: null },
    ...{ clear_on_close: false, notify_on_close: false },
    ...view,
    ...{ id, hash, previous_view_id: previousId, root_view_id: rootId },
    ...{ team_id: workspace.team.id, app_installed_team_id: workspace.team.id },
    ...{ app_id: APP.id, bot_id: APP.botId, state: { values } },
  };
}
