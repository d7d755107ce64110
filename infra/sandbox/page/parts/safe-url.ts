/** The address when it is http or https, so that no foreign text can put a `javascript:` link on the page. */
export function safeUrl(address: string): string | undefined {
  const url = URL.parse(address);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? address : undefined;
}
