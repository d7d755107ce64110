import { InlineText } from './inline-text.tsx';
import { type Paragraph, parseMrkdwn } from './paragraphs.ts';
import type { TextObject } from './types.ts';

/** A text object of Block Kit. */
export function Text({ text }: { text: TextObject }) {
  if (text.type === 'plain_text') return <p>{text.text}</p>;
  return parseMrkdwn(text.text, text.verbatim).map((paragraph, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text have no other identity than their place
    <ParagraphView key={index} paragraph={paragraph} />
  ));
}

function ParagraphView({ paragraph }: { paragraph: Paragraph }) {
  if (paragraph.type === 'preformatted') return <pre>{paragraph.text}</pre>;
  if (paragraph.type === 'quote') {
    return (
      <blockquote>
        <InlineText parts={paragraph.children} />
      </blockquote>
    );
  }
  return (
    <p>
      <InlineText parts={paragraph.children} />
    </p>
  );
}
