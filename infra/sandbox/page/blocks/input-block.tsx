import { CheckboxesView } from './checkboxes.tsx';
import { PlainTextInputView } from './plain-text-input.tsx';
import { RadioButtonsView } from './radio-buttons.tsx';
import { SelectInput } from './select-input.tsx';
import type { InputBlock } from './types.ts';
import type { FieldValue } from './view-values.ts';

export interface InputProps {
  id: string;
  label: string;
  required: boolean;
  /** Ids of the hint and the error that belong to the field. */
  describedBy: string;
  invalid: boolean;
  value: FieldValue;
  onChange(value: FieldValue): void;
}

/** An input block of a modal with its label, hint and error. */
export function InputBlockView({
  block,
  id,
  error,
  value,
  onChange,
}: {
  block: InputBlock;
  id: string;
  error: string | undefined;
  value: FieldValue;
  onChange(value: FieldValue): void;
}) {
  const props: InputProps = {
    id,
    label: block.label.text,
    required: block.optional !== true,
    describedBy: `${id}-hint ${id}-error`,
    invalid: error !== undefined,
    value,
    onChange,
  };
  return (
    <div className="field">
      <InputElement block={block} props={props} />
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

function InputElement({ block, props }: { block: InputBlock; props: InputProps }) {
  const { element } = block;
  if (element.type === 'plain_text_input') return <PlainTextInputView element={element} {...props} />;
  if (element.type === 'radio_buttons') return <RadioButtonsView element={element} {...props} />;
  if (element.type === 'checkboxes') return <CheckboxesView element={element} {...props} />;
  if (element.type === 'static_select') return <SelectInput element={element} {...props} />;
  return <p className="muted">(an input of type “{element.type}”)</p>;
}
