import type { Held } from '../../slack/state-values.ts';
import type { InputBlock, PlainTextInput } from './types.ts';

interface Field {
  id: string;
  value: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
  onChange(event: { target: { value: string } }): void;
}

interface InputBlockProps {
  block: InputBlock;
  id: string;
  error: string | undefined;
  value: string;
  onChange(held: Held): void;
}

/** An input block of a modal with its label, hint and error. */
export function InputBlockView({ block, id, error, value, onChange }: InputBlockProps) {
  const field: Field = {
    ...{ id, value, 'aria-describedby': `${id}-hint ${id}-error`, 'aria-invalid': error !== undefined },
    onChange: ({ target }) => onChange({ type: 'plain_text_input', value: target.value || null }),
  };
  const { element } = block;
  return (
    <div className="field">
      <label htmlFor={id}>
        {block.label.text} {block.optional && <span className="optional">(optional)</span>}
      </label>
      {element.type === 'plain_text_input' ? (
        <TextInput element={element} field={field} />
      ) : (
        <p className="muted">(an input of type “{element.type}”)</p>
      )}
      {block.hint && (
        <p className="hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
      <p className="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  );
}

function TextInput({ element, field }: { element: PlainTextInput; field: Field }) {
  const all = {
    ...field,
    placeholder: element.placeholder?.text,
    minLength: element.min_length,
    maxLength: element.max_length,
    'data-focus-on-load': element.focus_on_load,
  };
  return element.multiline ? <textarea rows={4} {...all} /> : <input type="text" {...all} />;
}
