import type { InputProps } from './input-block.tsx';
import { Text } from './text.tsx';
import type { RadioButtons } from './types.ts';

export function RadioButtonsView({ element, ...field }: InputProps & { element: RadioButtons }) {
  const selected = field.value.type === 'radio_buttons' ? field.value.selected_option?.value : undefined;
  return (
    <fieldset aria-describedby={field.describedBy}>
      <legend>
        {field.label} {!field.required && <span className="optional">(optional)</span>}
      </legend>
      {element.options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={field.id}
            value={option.value}
            checked={option.value === selected}
            onChange={() => field.onChange({ type: 'radio_buttons', selected_option: option })}
          />
          <span>
            <Text text={option.text} />
            {option.description && <small>{option.description.text}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
