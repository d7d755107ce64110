import type { InputProps } from './input-block.tsx';
import { LabelText } from './label-text.tsx';
import type { StaticSelect } from './types.ts';

export function SelectInput({ element, ...field }: InputProps & { element: StaticSelect }) {
  const options = element.options ?? [];
  const selected = field.value.type === 'static_select' ? field.value.selected_option?.value : undefined;
  const choose = (chosen: string) =>
    field.onChange({
      type: 'static_select',
      selected_option: options.find(({ value }) => value === chosen) ?? null,
    });
  return (
    <>
      <label htmlFor={field.id}>
        <LabelText {...field} />
      </label>
      <select
        id={field.id}
        value={selected ?? ''}
        aria-describedby={field.describedBy}
        aria-invalid={field.invalid}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{element.placeholder?.text ?? 'Choose'}</option>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text.text}
          </option>
        ))}
      </select>
    </>
  );
}
