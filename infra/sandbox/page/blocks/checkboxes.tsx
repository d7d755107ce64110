import { Choices } from './choices.tsx';
import type { InputProps } from './input-block.tsx';
import type { Checkboxes, Option } from './types.ts';

export function CheckboxesView({ element, ...field }: InputProps & { element: Checkboxes }) {
  const selected = field.value.type === 'checkboxes' ? field.value.selected_options : [];
  const isChosen = (option: Option) => selected.some(({ value }) => value === option.value);
  // In the order in which they are offered, whatever the order of the clicks.
  const toggled = (option: Option) =>
    element.options.filter((each) => isChosen(each) !== (each.value === option.value));
  return (
    <Choices
      kind="checkbox"
      options={element.options}
      isChosen={isChosen}
      onChoose={(option) => field.onChange({ type: 'checkboxes', selected_options: toggled(option) })}
      field={field}
    />
  );
}
