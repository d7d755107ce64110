import { ExternalLink } from '../parts/external-link.tsx';
import { useNow } from '../state/use-now.ts';
import type { Inline } from './inline.ts';
import { formatSlackDate, isRelative } from './slack-date.ts';
import { type Surface, useSurface } from './surface.ts';

/** A parsed run of mrkdwn. Every piece of foreign text becomes a text node, never markup. */
export function InlineText({ parts }: { parts: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity than their place
  return parts.map((part, index) => <Part key={index} part={part} />);
}

function Part({ part }: { part: Inline }) {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'code':
      return <code>{part.text}</code>;
    case 'bold':
      return (
        <strong>
          <InlineText parts={part.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <InlineText parts={part.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <InlineText parts={part.children} />
        </s>
      );
    case 'link':
      return <ExternalLink href={part.url}>{part.text}</ExternalLink>;
    case 'date':
      return <DateText {...part} />;
    default:
      return <Mention part={part} />;
  }
}

function DateText({ unixSeconds, format, fallback }: Extract<Inline, { type: 'date' }>) {
  const now = useNow(isRelative(format));
  return <time title={fallback}>{formatSlackDate({ unixSeconds, format, fallback }, new Date(now))}</time>;
}

type IdPart = Extract<Inline, { id: string }>;
type MentionPart = IdPart | Extract<Inline, { type: 'broadcast' }>;

function Mention({ part }: { part: MentionPart }) {
  const surface = useSurface();
  const text = mentionText(part, surface);
  return <span className={part.type === 'broadcast' ? 'mention broadcast' : 'mention'}>{text}</span>;
}

function mentionText(part: MentionPart, surface: Surface): string {
  switch (part.type) {
    case 'user':
      return `@${surface.userName(part.id)}`;
    case 'channel':
      return `#${surface.channelName(part.id)}`;
    case 'group':
      return groupText(part, surface);
    case 'broadcast':
      return `@${part.range}`;
  }
}

/** Slack goes by the id: the label in the text is only for readers that do not know the group. */
function groupText({ id, label }: IdPart, surface: Surface): string {
  const handle = surface.groupHandle(id);
  return handle === undefined ? (label ?? `@${id}`) : `@${handle}`;
}
