/** What stands in the place of a secret. */
const MASK = '***';

const SECRET_HEADERS = new Set(['authorization', 'x-slack-signature', 'cookie', 'set-cookie']);
const SECRET_FIELDS = new Set(['token', 'access_token', 'refresh_token', 'client_secret', 'code']);

/** A token of Slack, wherever it stands. */
const TOKEN = /\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[\w-]+/g;
/** Whoever knows a `response_url` may write as the app. */
const RESPONSE_URL = /(\/response\/)[\w-]+/g;
/** A field of JSON with a secret in it, also in JSON within a string. */
const SECRET_JSON = /(\\*"(?:token|access_token|refresh_token|client_secret)\\*"\s*:\s*\\*")[^"\\]+/g;

/** Headers with secrets and signatures masked; several values of one are joined. */
export function maskedHeaders(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name.toLowerCase()) ? MASK : maskedText([value].flat().join(', ')),
    ]),
  );
}

/** A body as it was sent, but for its secrets. @param type its content type */
export function maskedBody(body: string, type = ''): string {
  return type.startsWith('application/x-www-form-urlencoded') ? maskedForm(body) : maskedText(body);
}

/** JSON, an address, or any other text. */
export function maskedText(text: string): string {
  return text.replace(TOKEN, MASK).replace(RESPONSE_URL, `$1${MASK}`).replace(SECRET_JSON, `$1${MASK}`);
}

/** A field that holds no secret stays as it was encoded. */
function maskedForm(body: string): string {
  return body
    .split('&')
    .map((field) => {
      const [[name, value] = ['', '']] = new URLSearchParams(field);
      const shown = SECRET_FIELDS.has(name) ? MASK : maskedText(value);
      return shown === value ? field : new URLSearchParams({ [name]: shown }).toString();
    })
    .join('&');
}
