import { suggest } from '../../runtime/suggest.ts';
import type { RestrictedAction } from '../finding.ts';
import { actionsNamedBy, KNOWN_ACTIONS_DATE, knownActions } from './known-actions.ts';

/** An entry of the list that protects nothing, as far as is known. */
interface UnknownEntry {
  /** As configured. */
  pattern: string;
}

/** The entries that match no known action: a slip of the finger, or an action newer than the list. */
export function unknownEntries(restricted: readonly Pick<RestrictedAction, 'pattern'>[]): UnknownEntry[] {
  return restricted
    .filter(({ pattern }) => pattern !== '*' && actionsNamedBy(pattern).length === 0)
    .map(({ pattern }) => ({ pattern }));
}

/** One sentence for an entry, to be shown wherever the list is. */
export function warnOfUnknown({ pattern }: UnknownEntry): string {
  const meant = whatWasMeant(pattern);
  const guess = meant === undefined ? '.' : `; did you mean ${meant}?`;
  return `${pattern} names no action that AWS had on ${KNOWN_ACTIONS_DATE}, and may protect nothing${guess}`;
}

/** @returns undefined when nothing is near */
function whatWasMeant(pattern: string): string | undefined {
  const [service = '', name = ''] = pattern.split(':');
  const near = knownActions().has(service.toLowerCase())
    ? service.toLowerCase()
    : suggest(service, [...knownActions().keys()]);
  if (near === undefined) return undefined;
  if (actionsNamedBy(`${near}:${name}`).length > 0) return `${near}:${nameAsKnown(near, name)}`;
  const names = knownActions().get(near) ?? [];
  const lower = suggest(
    name,
    names.map((each) => each.toLowerCase()),
  );
  return lower === undefined ? undefined : `${near}:${nameAsKnown(near, lower)}`;
}

/** The name as AWS spells it; as it is where it holds wildcards. */
function nameAsKnown(service: string, name: string): string {
  return (
    knownActions()
      .get(service)
      ?.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name
  );
}
