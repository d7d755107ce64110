import type { InputProps } from './input-block.tsx';
import { LabelText } from './label-text.tsx';
import { Text } from './text.tsx';
import type { Option } from './types.ts';

/** Options to choose one or several from, as an input of a modal. */
export function Choices({
  kind,
  options,
  isChosen,
  onChoose,
  field,
}: {
  kind: 'radio' | 'checkbox';
  options: readonly Option[];
  isChosen(option: Option): boolean;
  onChoose(option: Option): void;
  field: Pick<InputProps, 'id' | 'label' | 'required' | 'describedBy'>;
}) {
  return (
    <fieldset aria-describedby={field.describedBy}>
      <legend>
        <LabelText {...field} />
      </legend>
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type={kind}
            name={field.id}
            value={option.value}
            checked={isChosen(option)}
            onChange={() => onChoose(option)}
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
