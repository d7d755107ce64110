import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { suggest } from '../../bot/app/commands/suggest.ts';
import { LIST_SETTINGS } from '../../workflow/runtime/settings/read-list.ts';
import { schema } from '../../workflow/runtime/settings/schema.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { SettingsError } from '../../workflow/runtime/settings/settings.ts';

const SANDBOX_NAMES = ['SANDBOX_PAGE_PORT', 'SANDBOX_AWS_PORT', 'SANDBOX_CLOUDTRAIL_DELAY_MS'];

const KNOWN: readonly string[] = [
  ...Object.keys(schema),
  ...LIST_SETTINGS.flatMap((name) => [name, `${name}_FILE`]),
  ...SANDBOX_NAMES,
];

/**
 * Reads a `.env`. Other programs may keep settings of theirs there, so an unknown name is let be, unless it looks like
 * one of ours: `EMAIL_LINK=off` would otherwise leave the links on without a word.
 *
 * @returns nothing when there is no such file
 * @throws SettingsError naming every name that is probably mistyped
 */
export function readEnvFile(file: string): Environment {
  if (!existsSync(file)) return {};
  const values = parseEnv(readFileSync(file, 'utf8'));
  const problems = Object.keys(values)
    .filter((name) => !KNOWN.includes(name))
    .flatMap((name) => {
      const meant = suggest(name, lowerCase(KNOWN));
      return meant === undefined ? [] : [`${name}: is no setting; did you mean ${meant.toUpperCase()}?`];
    });
  if (problems.length > 0) throw new SettingsError(problems);
  return values;
}

function lowerCase(names: readonly string[]): string[] {
  return names.map((name) => name.toLowerCase());
}
