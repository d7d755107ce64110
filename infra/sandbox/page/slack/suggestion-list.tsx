import type { Suggestion } from './command-suggestions.ts';

export const SUGGESTION_LIST = 'command-suggestions';
export const suggestionId = (place: number) => `command-suggestion-${place}`;

/** Commands to choose from. The focus stays in the field, which points here with `aria-activedescendant`. */
export function SuggestionList({
  suggestions,
  active,
  onChoose,
}: {
  suggestions: readonly Suggestion[];
  /** The place of the one that Enter takes; -1 for none. */
  active: number;
  onChoose(suggestion: Suggestion): void;
}) {
  return (
    <div id={SUGGESTION_LIST} role="listbox" aria-label="Commands" className="suggestions" tabIndex={-1}>
      {suggestions.map((suggestion, place) => (
        <div
          key={suggestion.line}
          id={suggestionId(place)}
          role="option"
          aria-selected={place === active}
          tabIndex={-1}
          onMouseDown={(event) => {
            // The field keeps the focus.
            event.preventDefault();
            onChoose(suggestion);
          }}
        >
          <code>{suggestion.line}</code> <span className="muted">{suggestion.means}</span>
        </div>
      ))}
    </div>
  );
}
