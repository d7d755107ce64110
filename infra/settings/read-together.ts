import { SettingsError } from '../../workflow/runtime/settings/settings.ts';

type Readers = Record<string, () => unknown>;
type Results<All extends Readers> = { [Name in keyof All]: ReturnType<All[Name]> };

/**
 * Runs every reader, also when one before it complained, so that one look shows all there is to mend.
 *
 * @returns what each has read, under its name
 * @throws SettingsError with the problems of all of them
 */
export function readTogether<All extends Readers>(readers: All): Results<All> {
  const problems: string[] = [];
  const results = Object.entries(readers).map(([name, read]) => {
    try {
      return [name, read()];
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(...error.problems);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.fromEntries(results) as Results<All>;
}
