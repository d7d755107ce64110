import { Choices } from './choices.tsx';
import type { InputProps } from './input-block.tsx';
import type { RadioButtons } from './types.ts';

export function RadioButtonsView({ element, ...field }: InputProps & { element: RadioButtons }) {
  const selected = field.value.type === 'radio_buttons' ? field.value.selected_option?.value : undefined;
  return (
    <Choices
      kind="radio"
      options={element.options}
      isChosen={({ value }) => value === selected}
      onChoose={(option) => field.onChange({ type: 'radio_buttons', selected_option: option })}
      field={field}
    />
  );
}
