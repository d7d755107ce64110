import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { readEnvFile } from '../settings/env-file.ts';

/** The environment of the process over the file `.env`, if there is one. @throws SettingsError */
export function readEnvironment(file = '.env'): Environment {
  return { ...readEnvFile(file), ...process.env };
}
