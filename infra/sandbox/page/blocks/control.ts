import { decodeEntities } from './entities.ts';
import type { Inline } from './inline.ts';

/**
 * What stands between `<` and `>` in mrkdwn: a mention, a date or a link
 * (https://docs.slack.dev/messaging/formatting-message-text).
 */
export function parseControl(inner: string): Inline {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? undefined : decodeEntities(inner.slice(bar + 1));
  if (target.startsWith('@')) return { type: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { type: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { type: 'group', id: target.slice('!subteam^'.length), label };
  if (target.startsWith('!date^')) return parseDate(target, label ?? '');
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  const url = decodeEntities(target);
  return { type: 'link', url, text: label ?? url };
}

/** `!date^1700000000^{date_short} at {time}^https://optional.link` */
function parseDate(target: string, fallback: string): Inline {
  const [, unixSeconds = '', format = ''] = target.split('^');
  return { type: 'date', unixSeconds: Number(unixSeconds), format, fallback };
}
