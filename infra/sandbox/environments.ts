import type { FunctionName, SettingName } from '../../workflow/runtime/settings/schema.ts';
import { listsOf, settingsOf } from '../../workflow/runtime/settings/schema.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';

/** What the sandbox fills in, as the stack does on AWS. */
export type Provided = Partial<Record<SettingName, string>>;

/** The environment of one function: the settings that it is given on AWS too, and no others. */
export function environmentOf(name: FunctionName, given: Environment, provided: Provided): Environment {
  const all: Environment = { ...given, ...provided };
  const texts = listsOf(name).flatMap((list) => [list, `${list}_FILE`]);
  return Object.fromEntries([...settingsOf(name), ...texts].map((key) => [key, all[key]]));
}
