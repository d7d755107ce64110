import { ButtonView } from './button.tsx';
import { OverflowMenu } from './overflow-menu.tsx';
import { SelectMenu } from './select-menu.tsx';
import type { ActionsBlock, SectionBlock } from './types.ts';

export type Element = ActionsBlock['elements'][number] | NonNullable<SectionBlock['accessory']>;

/** What can be clicked beside a text or in a row; a kind that the guard does not send is named instead. */
export function ElementView({ element, blockId }: { element: Element; blockId?: string }) {
  switch (element.type) {
    case 'button':
      return <ButtonView button={element} blockId={blockId} />;
    case 'overflow':
      return <OverflowMenu element={element} blockId={blockId} />;
    case 'static_select':
      // The app's choice wins over the reader's when it changes.
      return <SelectMenu key={element.initial_option?.value} element={element} blockId={blockId} />;
    case 'image':
      return null;
    default:
      return <p className="muted">(an element of type “{element.type}”)</p>;
  }
}
