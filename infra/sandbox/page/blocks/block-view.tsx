import { Actions } from './actions.tsx';
import { Context } from './context.tsx';
import { Section } from './section.tsx';
import type { Block } from './types.ts';

/** One block that is not an input, as Slack draws it; a kind that the guard does not send is named instead. */
export function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'header':
      return <h4 className="block-header">{block.text.text}</h4>;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
      return <Actions block={block} />;
    case 'divider':
      return <hr />;
    default:
      return <p className="muted">(a block of type “{block.type}”)</p>;
  }
}
