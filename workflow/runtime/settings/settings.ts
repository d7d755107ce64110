import {
  type FunctionName,
  SETTINGS,
  type SettingName,
  type SettingOf,
  type Settings,
  settingsOf,
} from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Names every bad key at once, so that one look at the message is enough to mend them all. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(
      `The configuration is not usable; mend these settings and start again:\n  ${problems.join('\n  ')}`,
      options,
    );
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/**
 * Reads and validates the named settings. The only place that looks into an environment.
 *
 * @param environment `process.env`, or what stands for it; an empty value counts as absent
 * @throws SettingsError naming every bad key
 */
export function readSettings<Name extends SettingName>(
  environment: Environment,
  names: readonly Name[],
): Pick<Settings, Name> {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const name of names) {
    const text = environment[name]?.trim();
    const result = SETTINGS[name].rule.safeParse(text === '' ? undefined : text);
    if (result.success) settings[name] = result.data;
    else problems.push(`${name}: ${text ? describe(result.error.issues, text) : 'is missing'}`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return settings as Pick<Settings, Name>;
}

/** The settings that a function is given, besides its lists. @throws SettingsError naming every bad key */
export function readFunctionSettings<Name extends FunctionName>(
  environment: Environment,
  name: Name,
): Pick<Settings, SettingOf<Name>> {
  return readSettings(environment, settingsOf(name));
}

function describe(issues: readonly { message: string }[], text: string): string {
  const reasons = [...new Set(issues.map((issue) => issue.message))].join('; ');
  return `${reasons} (it is ${JSON.stringify(text)})`;
}
