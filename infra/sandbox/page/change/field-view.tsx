import type { SandboxState } from '../../api/contract.ts';
import type { Field } from './kinds.ts';
import { choicesOf, type Values } from './options.ts';

/** One parameter of an IAM call as a form field. */
export function FieldView({
  field,
  values,
  state,
  onChange,
}: {
  field: Field;
  values: Values;
  state: SandboxState;
  onChange(value: string): void;
}) {
  const id = `change-${field.parameter}`;
  const value = values[field.parameter] ?? '';
  if (field.input === 'yes-no') {
    return (
      <label className="choice">
        <input
          type="checkbox"
          checked={value === 'yes'}
          onChange={(event) => onChange(event.target.checked ? 'yes' : 'no')}
        />
        <span>{field.label}</span>
      </label>
    );
  }
  const choices = choicesOf(field, values, state);
  const common = {
    id,
    value,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      {choices !== undefined && (
        <select {...common}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {choices?.length === 0 && <p className="hint">There is none yet.</p>}
      {field.input === 'document' && <textarea rows={12} spellCheck={false} className="code" {...common} />}
      {field.input === 'text' && <input type="text" autoComplete="off" spellCheck={false} {...common} />}
    </div>
  );
}
