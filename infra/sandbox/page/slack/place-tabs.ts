import type { Tab } from '../parts/tabs.tsx';
import type { Place } from './place.ts';

/** The id of a place's tab and panel; the panes beside Slack have ids of their own. */
type PlaceTab = `place-${Place}`;

export const tabOf = (place: Place): PlaceTab => `place-${place}`;
export const placeOfTab = (tab: PlaceTab): Place => tab.slice('place-'.length) as Place;

/** Where one person can go in Slack. @param unseen direct messages that they have not looked at */
export function placeTabs(channel: string, unseen: number): Tab<PlaceTab>[] {
  const app = 'Policy Guard ›';
  return [
    { id: 'place-security', label: `# ${channel.replace(/^#/, '')}` },
    { id: 'place-home', prefix: app, label: 'Home' },
    {
      id: 'place-messages',
      prefix: app,
      label: 'Messages',
      ...(unseen > 0 && { count: unseen, countMeans: 'not looked at yet', urgent: true }),
    },
  ];
}
