import type { types } from '@slack/bolt';
import type { Inline } from './inline.ts';
import { InlineText } from './inline-text.tsx';
import type { RichTextBlock } from './types.ts';

/** Rich text: what Slack makes of a person's own message, and the safest way to show a document. */
export function RichText({ block }: { block: RichTextBlock }) {
  return (
    <div className="block-section-text">
      {block.elements.map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: elements have no other identity than their place
        <Element key={index} element={element} />
      ))}
    </div>
  );
}

function Element({ element }: { element: RichTextBlock['elements'][number] }) {
  switch (element.type) {
    case 'rich_text_preformatted':
      return (
        <pre>{element.elements.map((part) => part.text ?? ('url' in part ? part.url : '')).join('')}</pre>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <InlineText parts={element.elements.map(toInline)} />
        </blockquote>
      );
    case 'rich_text_list': {
      const List = element.style === 'ordered' ? 'ol' : 'ul';
      return (
        <List>
          {element.elements.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no other identity than their place
            <li key={index}>
              <Element element={item} />
            </li>
          ))}
        </List>
      );
    }
    default:
      return (
        <p>
          <InlineText parts={element.elements.map(toInline)} />
        </p>
      );
  }
}

function toInline(part: types.RichTextElement): Inline {
  switch (part.type) {
    case 'text':
      return styled({ type: 'text', text: part.text }, part.style);
    case 'link':
      return { type: 'link', url: part.url, text: part.text ?? part.url };
    case 'user':
      return { type: 'user', id: part.user_id };
    default:
      return { type: 'text', text: `(${part.type})` };
  }
}

function styled(part: { type: 'text'; text: string }, style: types.RichTextText['style']): Inline {
  if (style?.code) return { type: 'code', text: part.text };
  if (style?.bold) return { type: 'bold', children: [part] };
  return style?.italic ? { type: 'italic', children: [part] } : part;
}
