export interface Permalink {
  channel: string;
  /** Of the message or reply itself, also where the address names its thread. */
  ts: string;
}

/** Digits of a `ts` after its dot, which the address leaves out. */
const FRACTION_DIGITS = 6;

/**
 * The message that an address leads to: `https://….slack.com/archives/<channel>/p<ts without dot>`, as
 * `chat.getPermalink` gives it (https://docs.slack.dev/reference/methods/chat.getPermalink).
 *
 * @returns undefined for any other address
 */
export function parsePermalink(address: string): Permalink | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !url.hostname.endsWith('.slack.com')) return undefined;
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d{7,})$/.exec(url.pathname);
  if (!found) return undefined;
  const [, channel = '', digits = ''] = found;
  return { channel, ts: `${digits.slice(0, -FRACTION_DIGITS)}.${digits.slice(-FRACTION_DIGITS)}` };
}
