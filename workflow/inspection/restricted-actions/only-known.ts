import type { Settings } from '../../runtime/settings/schema.ts';
import type { RestrictedAction } from '../finding.ts';
import { actionsNamedBy } from './known-actions.ts';

/** Two patterns may have names in common that no action has today: `lambda:Get*` and `lambda:*Permission`. */
export function onlyKnown(
  actions: readonly RestrictedAction[],
  unknown: Settings['UNKNOWN_ACTIONS'],
): RestrictedAction[] {
  if (unknown === 'restricted') return [...actions];
  return actions.map((action) =>
    hasWildcards(action) ? { ...action, known: actionsNamedBy(action.pattern) } : action,
  );
}

/** An action that is listed by name is known to whoever listed it; `*` is everything, whatever it is. */
function hasWildcards({ pattern }: RestrictedAction): boolean {
  return pattern !== '*' && /[*?]/.test(pattern);
}
