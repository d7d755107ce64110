import type { InputProps } from './input-block.tsx';
import { LabelText } from './label-text.tsx';
import type { PlainTextInput } from './types.ts';

export function PlainTextInputView({ element, ...field }: InputProps & { element: PlainTextInput }) {
  const common = {
    id: field.id,
    value: field.value.type === 'plain_text_input' ? (field.value.value ?? '') : '',
    placeholder: element.placeholder?.text,
    minLength: element.min_length,
    maxLength: element.max_length,
    autoFocus: element.focus_on_load,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid,
    onChange: (event: { target: { value: string } }) =>
      field.onChange({ type: 'plain_text_input', value: event.target.value || null }),
  };
  return (
    <>
      <label htmlFor={field.id}>
        <LabelText {...field} />
      </label>
      {element.multiline ? <textarea rows={4} {...common} /> : <input type="text" {...common} />}
    </>
  );
}
