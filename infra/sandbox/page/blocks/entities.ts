/** Slack escapes exactly these three (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
