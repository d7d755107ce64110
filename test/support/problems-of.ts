import { SettingsError } from '../../workflow/runtime/settings/settings.ts';

/** What is wrong with the settings that are read; nothing where they are accepted. */
export function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}
