import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { LIST_SETTINGS, SETTINGS } from '../../workflow/runtime/settings/schema.ts';
import { type Environment, SettingsError } from '../../workflow/runtime/settings/settings.ts';
import { suggest } from '../../workflow/runtime/suggest.ts';

const KNOWN: readonly string[] = [...Object.keys(SETTINGS), ...LIST_SETTINGS.map((name) => `${name}_FILE`)];

/** What a `.env` holds, and what is wrong with it; told together with what is wrong with the values. */
export interface EnvFile {
  values: Environment;
  problems: readonly string[];
}

/**
 * Reads a `.env`, with a byte order mark or without. Other programs may keep settings of theirs there, so an unknown
 * name is let be, unless it looks like one of ours: `EMAIL_LINK=off` would otherwise leave the links on without a
 * word.
 *
 * @returns nothing when there is no such file
 */
export function readEnvFile(file: string): EnvFile {
  if (!existsSync(file)) return { values: {}, problems: [] };
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const values = { ...parseEnv(text), ...channelName(text) };
  return { values, problems: mistyped(Object.keys(values)) };
}

/** @throws SettingsError naming everything that is wrong with the file */
export function assertReadable({ problems }: EnvFile): void {
  if (problems.length > 0) throw new SettingsError(problems);
}

function mistyped(names: readonly string[]): string[] {
  return names
    .filter((name) => !KNOWN.includes(name))
    .flatMap((name) => {
      const meant = suggest(name, lowerCase(KNOWN));
      return meant === undefined ? [] : [`${name}: is no setting; did you mean ${meant.toUpperCase()}?`];
    });
}

/** `SLACK_CHANNEL=#security` would read as nothing at all, and the complaint would be that it is missing. */
function channelName(text: string): Environment {
  const name = /^\s*(?:export\s+)?SLACK_CHANNEL\s*=\s*(#[\w-]+)/m.exec(text)?.[1];
  return name === undefined ? {} : { SLACK_CHANNEL: name };
}

function lowerCase(names: readonly string[]): string[] {
  return names.map((name) => name.toLowerCase());
}
