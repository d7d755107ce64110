import { type FormEvent, useState } from 'react';

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
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!line.trim().startsWith('/')) {
      setProblem('Only slash commands work here, for example /policy-guard list');
      return;
    }
    setProblem('');
    setLine('');
    await onCommand(line);
  };
  return (
    <form className="command-line" onSubmit={send}>
      <label className="visually-hidden" htmlFor="command">
        Command in #{channel}
      </label>
      <input
        id="command"
        type="text"
        value={line}
        list="commands"
        autoComplete="off"
        placeholder="/policy-guard list"
        aria-describedby="command-problem"
        onChange={(event) => setLine(event.target.value)}
      />
      <datalist id="commands">
        <option value="/policy-guard list" />
      </datalist>
      <button type="submit">Send</button>
      <p id="command-problem" className="field-error" role="alert">
        {problem}
      </p>
    </form>
  );
}
