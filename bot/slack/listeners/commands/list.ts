import { restrictedActionsMessage } from '../../messages/restricted-actions.ts';
import type { Subcommand } from './policy-guard.ts';

/** `/policy-guard` and `/policy-guard list [text]`. */
export const list: Subcommand = async ({ restricted }, { argument }) =>
  restrictedActionsMessage(restricted, argument.trim());
