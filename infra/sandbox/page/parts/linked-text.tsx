import { ExternalLink } from './external-link.tsx';
import { splitLinks } from './links.ts';

/** Plain text with its addresses as links. */
export function LinkedText({ text }: { text: string }) {
  let offset = 0;
  return splitLinks(text).map((part) => {
    const key = offset;
    offset += part.text.length;
    return part.href === undefined ? (
      part.text
    ) : (
      <ExternalLink key={key} href={part.href}>
        {part.text}
      </ExternalLink>
    );
  });
}
