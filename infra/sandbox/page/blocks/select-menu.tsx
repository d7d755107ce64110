import { useState } from 'react';
import { useSurface } from './surface.ts';
import type { StaticSelect } from './types.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** A menu beside a text or among buttons: choosing is a click. */
export function SelectMenu({ element, blockId }: { element: StaticSelect; blockId?: string }) {
  const { onClick } = useSurface();
  const { run, dialog } = useConfirmed(element.confirm);
  const [chosen, setChosen] = useState(element.initial_option?.value ?? '');
  const placeholder = element.placeholder?.text ?? 'Choose';
  const choose = (value: string) =>
    run(() => {
      setChosen(value);
      onClick({ actionId: element.action_id ?? '', blockId, value });
    });
  return (
    <>
      <select
        className="select-menu"
        aria-label={placeholder}
        value={chosen}
        onChange={(event) => choose(event.target.value)}
      >
        {chosen === '' && <option value="">{placeholder}</option>}
        {element.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text.text}
          </option>
        ))}
      </select>
      {dialog}
    </>
  );
}
