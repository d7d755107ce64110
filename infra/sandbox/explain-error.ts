import { SettingsError } from '../../workflow/runtime/settings/settings.ts';
import { PortTakenError } from './web/listen.ts';

/** What a person at a terminal is told: the message where it says what to do, everything where it is a fault of ours. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof PortTakenError) return error.message;
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return `${error.message}\nTry --help.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
