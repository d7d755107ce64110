import { helpMessage } from '../../messages/help.ts';
import type { Subcommand } from './policy-guard.ts';

/** `/policy-guard help`, and whatever is no subcommand. */
export const help: Subcommand = async () => helpMessage();
