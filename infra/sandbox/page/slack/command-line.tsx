import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { splitCommand } from './split-command.ts';
import { SUGGESTION_LIST, SuggestionList, suggestionId } from './suggestion-list.tsx';
import { useSuggestions } from './use-suggestions.ts';

/** Where slash commands are typed; ordinary messages are of no interest to the guard. */
export function CommandLine({
  channel,
  onCommand,
}: {
  channel: string;
  onCommand(line: string): Promise<void>;
}) {
  const [line, setLine] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const suggestions = useSuggestions(line, setLine);
  useGrowing(field, line);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!splitCommand(line)) {
      setProblem('Only slash commands work here, for example /policy-guard list');
      return;
    }
    setProblem('');
    setLine('');
    await onCommand(line);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends the composition of a character in some scripts.
    if (event.nativeEvent.isComposing) return;
    const taken = suggestions.onKey(event);
    const sends = !taken && event.key === 'Enter' && !event.shiftKey;
    if (taken || sends) event.preventDefault();
    if (sends) field.current?.form?.requestSubmit();
  };
  return (
    <form className="command-line" onSubmit={send}>
      <label className="visually-hidden" htmlFor="command">
        Command in #{channel}
      </label>
      <textarea
        ref={field}
        id="command"
        rows={1}
        value={line}
        autoComplete="off"
        spellCheck={false}
        placeholder="/policy-guard list"
        aria-describedby="command-problem"
        aria-autocomplete="list"
        aria-controls={suggestions.shown.length > 0 ? SUGGESTION_LIST : undefined}
        aria-activedescendant={suggestions.active === -1 ? undefined : suggestionId(suggestions.active)}
        onKeyDown={onKeyDown}
        onBlur={suggestions.dismiss}
        onChange={(event) => {
          suggestions.follow();
          setLine(event.target.value);
        }}
      />
      {suggestions.shown.length > 0 && (
        <SuggestionList
          suggestions={suggestions.shown}
          active={suggestions.active}
          onChoose={suggestions.choose}
        />
      )}
      <button type="submit">Send</button>
      <p id="command-problem" className="field-error" role="alert">
        {problem}
      </p>
    </form>
  );
}

/** As high as what is written in it; the style sheet says how high at most. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    const borders = field.current.offsetHeight - field.current.clientHeight;
    field.current.style.height = `${field.current.scrollHeight + borders}px`;
  }, [field, text]);
}
