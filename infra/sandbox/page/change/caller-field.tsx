import type { CallerState } from '../../api/contract.ts';

/** Who makes the change. */
export function CallerField({
  callers,
  caller,
  onCaller,
}: {
  callers: readonly CallerState[];
  caller: string;
  onCaller(accessKeyId: string): void;
}) {
  const chosen = callers.find(({ accessKeyId }) => accessKeyId === caller);
  return (
    <div className="field">
      <label htmlFor="change-caller">Made by</label>
      <select
        id="change-caller"
        value={caller}
        aria-describedby="change-caller-arn"
        onChange={(event) => onCaller(event.target.value)}
      >
        {callers.map(({ accessKeyId, label }) => (
          <option key={accessKeyId} value={accessKeyId}>
            {label}
          </option>
        ))}
      </select>
      <p id="change-caller-arn" className="hint arn">
        {chosen?.arn}
      </p>
    </div>
  );
}
