import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ListSetting } from './schema.ts';
import { type Environment, SettingsError } from './settings.ts';

interface ListText {
  /** The name of what it was read from, for messages: `NAME` or `NAME_FILE`. */
  from: string;
  text: string;
}

/**
 * Reads a list from NAME, or from the file that NAME_FILE names (relative to the current folder, on Lambda to the
 * function's own).
 *
 * @param environment `process.env`, or what stands for it; an empty value counts as absent
 * @returns undefined when neither is given
 * @throws SettingsError when both are given, or the file can't be read
 */
export function readListText(environment: Environment, name: ListSetting): ListText | undefined {
  const inline = environment[name]?.trim();
  const file = environment[`${name}_FILE`]?.trim();
  if (inline && file) throw new SettingsError([`${name}, ${name}_FILE: are both given; leave out one`]);
  if (inline) return { from: name, text: inline };
  if (!file) return undefined;
  const path = resolve(environment.LAMBDA_TASK_ROOT ?? '', file);
  try {
    return { from: `${name}_FILE`, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError([`${name}_FILE: can't be read (${reason})`], { cause });
  }
}
