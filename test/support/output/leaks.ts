import { SECRET_MARK } from '../../../infra/sandbox/marked-secret.ts';

/** What nobody may ever read in an output, and how it is recognised. */
const NEVER: Readonly<Record<string, RegExp>> = {
  // Signing secret, client secret, link key, credentials of the functions.
  'a secret': new RegExp(`${SECRET_MARK}[0-9a-f]{20,}`, 'g'),
  // As the sandbox issues them; tests write shorter ones themselves.
  'a token of Slack': /xox[bp]-\d+-[\w-]{24}/g,
  // 668 characters of base64 on AWS.
  'a task token': /[A-Za-z0-9+/]{600,}={0,2}/g,
  // Whoever has it writes in the person's place.
  'a response URL': /\/response\/[\w-]{24}/g,
  // When it ends, the nonce of the browser's cookie, the signature: bot/pages/install/install-state.ts.
  'the state of an installation': /\b\d{10}\.[\w-]{32}\.[\w-]{43}/g,
  // As the sandbox's Slack issues them. Whoever has it and the client's secret gets the token.
  'the code of an installation': /\b\d{1,15}\.[0-9a-f]{48}\b/g,
  'a signed link': /[?&]signature=[0-9a-f]{64}/g,
};

/** What stands in a text and may not, each with what is around it. */
export function leaksIn(text: string): string[] {
  return Object.entries(NEVER).flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map(
      ({ index }) => `${what}: ${text.slice(Math.max(0, index - 120), index)}…`,
    ),
  );
}
