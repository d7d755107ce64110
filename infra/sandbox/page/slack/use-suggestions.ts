import { type KeyboardEvent, useState } from 'react';
import { type Suggestion, suggestionsFor } from './command-suggestions.ts';

interface Suggestions {
  shown: readonly Suggestion[];
  /** The place of the one that Enter takes; -1 for none. */
  active: number;
  /** Takes arrow keys, Enter and Esc where they mean the list. @returns whether the key is used up */
  onKey(event: KeyboardEvent): boolean;
  choose(suggestion: Suggestion): void;
  /** Has to be called whenever somebody types. */
  follow(): void;
  dismiss(): void;
}

/** The commands that fit what is being typed, and the one that is picked out with the arrow keys. */
export function useSuggestions(line: string, onLine: (line: string) => void): Suggestions {
  const [active, setActive] = useState(-1);
  const [dismissed, setDismissed] = useState(false);
  const shown = dismissed ? [] : suggestionsFor(line);
  const picked = shown[active];
  const dismiss = () => {
    setActive(-1);
    setDismissed(true);
  };
  const choose = (suggestion: Suggestion) => {
    onLine(suggestion.line);
    dismiss();
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => setActive((active + 1) % shown.length),
    ArrowUp: () => setActive((active <= 0 ? shown.length : active) - 1),
    Escape: dismiss,
    ...(picked && { Enter: () => choose(picked) }),
  };
  return {
    shown,
    active,
    choose,
    onKey(event) {
      const act = shown.length > 0 ? keys[event.key] : undefined;
      act?.();
      return act !== undefined;
    },
    dismiss,
    follow() {
      setActive(-1);
      setDismissed(false);
    },
  };
}
