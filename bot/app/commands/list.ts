import type { Subcommand } from './policy-guard.ts';
import { restrictedActionsMessage } from './restricted-actions.ts';

/** `/policy-guard` and `/policy-guard list [text]`. */
export const list: Subcommand = async ({ restricted }, { argument }) =>
  restrictedActionsMessage(restricted, argument.trim());
