import { brotliDecompressSync } from 'node:zlib';
import { actionsIntersect, readGrantingPattern } from '../action-pattern.ts';
import known from './known-actions.data.json' with { type: 'json' };

/** The day of the list of known actions, as YYYY-MM-DD. `npm run known-actions` makes a newer one. */
export const KNOWN_ACTIONS_DATE: string = known.date;

/** The names of actions by service, which is in lower case. */
type ActionsByService = ReadonlyMap<string, readonly string[]>;

let unpacked: ActionsByService | undefined;

/** Every action that AWS had on `KNOWN_ACTIONS_DATE`; unpacked when first asked for. */
export function knownActions(): ActionsByService {
  unpacked ??= new Map(
    brotliDecompressSync(Buffer.from(known.actions, 'base64'))
      .toString('utf8')
      .split('\n')
      .map((line) => {
        const [service = '', ...names] = line.split(' ');
        return [service.toLowerCase(), names];
      }),
  );
  return unpacked;
}

/** @returns the known actions, as `service:Name`, that an action or pattern names */
export function actionsNamedBy(written: string): string[] {
  const pattern = readGrantingPattern(written);
  const service = pattern.service?.literal ? pattern.service.text : undefined;
  const services =
    service === undefined ? [...knownActions()] : [[service, knownActions().get(service) ?? []] as const];
  return services
    .flatMap(([key, names]) => names.map((name) => `${key}:${name}`))
    .filter((action) => actionsIntersect(pattern, readGrantingPattern(action)));
}
