import { randomBytes } from 'node:crypto';
import { SlackError } from './slack-error.ts';
import type { Team } from './team.ts';

export interface Installation {
  team: Pick<Team, 'id' | 'name'>;
  scopes: readonly string[];
}

/** Bot tokens that were given out, and for what. */
export class Tokens {
  readonly #installations = new Map<string, Installation>();
  readonly #revoked = new Set<string>();

  issue(installation: Installation): string {
    const token = `xoxb-${randomBytes(6).readUIntBE(0, 6)}-${randomBytes(18).toString('base64url')}`;
    this.#installations.set(token, installation);
    return token;
  }

  revoke(token: string): void {
    this.#installations.delete(token);
    this.#revoked.add(token);
  }

  /** @throws SlackError not_authed, token_revoked or invalid_auth */
  find(token: string | undefined): Installation {
    if (token === undefined || token === '') throw new SlackError('not_authed');
    if (this.#revoked.has(token)) throw new SlackError('token_revoked');
    const installation = this.#installations.get(token);
    if (installation === undefined) throw new SlackError('invalid_auth');
    return installation;
  }
}

/** @throws SlackError missing_scope, as Slack answers it */
export function requireScopes({ scopes }: Installation, needed: readonly string[]): void {
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) {
    throw new SlackError('missing_scope', { needed: missing.join(','), provided: scopes.join(',') });
  }
}
