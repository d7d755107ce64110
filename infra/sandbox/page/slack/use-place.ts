import { useEffect, useState } from 'react';
import type { Permalink } from './permalink.ts';
import type { Place } from './place.ts';

/** How long a message stays highlighted after a link has led to it. */
const HIGHLIGHT_MS = 2500;

export interface Places {
  place: Place;
  /** The message that a link has led to, for a moment. */
  target: Permalink | null;
  choose(place: Place): void;
  show(place: Place, target: Permalink): void;
}

/** Where the Slack pane is, and which message there is pointed out. */
export function usePlace(): Places {
  const [place, setPlace] = useState<Place>('security');
  const [target, setTarget] = useState<Permalink | null>(null);
  useEffect(() => {
    if (!target) return;
    const timer = setTimeout(() => setTarget(null), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return {
    place,
    target,
    choose(chosen) {
      setTarget(null);
      setPlace(chosen);
    },
    show(shown, pointedOut) {
      setPlace(shown);
      setTarget(pointedOut);
    },
  };
}
