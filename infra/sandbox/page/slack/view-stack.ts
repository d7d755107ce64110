import type { ViewState } from '../../api/contract.ts';

/**
 * The open modals after the app has answered with one: an update of one of them in its place, anything else on top
 * (https://docs.slack.dev/surfaces/modals#view-stack).
 */
export function pushOrUpdate(views: readonly ViewState[], view: ViewState): ViewState[] {
  const isOpen = views.some(({ id }) => id === view.id);
  return isOpen ? views.map((open) => (open.id === view.id ? view : open)) : [...views, view];
}

export function isHome({ view }: ViewState): boolean {
  return view.type === 'home';
}
