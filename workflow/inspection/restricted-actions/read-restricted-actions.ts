import { readListText } from '../../runtime/settings/read-list.ts';
import { type Environment, readSettings, SettingsError } from '../../runtime/settings/settings.ts';
import type { RestrictedAction } from '../finding.ts';
import { onlyKnown } from './only-known.ts';
import { parseList } from './parse-list.ts';

/** The two actions of the AWS sample that this product grew out of. */
const DEFAULT_LIST = { from: 'RESTRICTED_ACTIONS', text: 's3:DeleteBucket,s3:DeleteObject' };

/**
 * Reads the list of restricted actions from RESTRICTED_ACTIONS, or from the file that RESTRICTED_ACTIONS_FILE names.
 * Named sets are expanded, and UNKNOWN_ACTIONS says whether a pattern counts on actions that nobody knows yet.
 *
 * @param environment `process.env`, or what stands for it; an empty value counts as absent
 * @throws SettingsError naming every bad entry and unknown set
 */
export function readRestrictedActions(environment: Environment): RestrictedAction[] {
  const { from, text } = readListText(environment, 'RESTRICTED_ACTIONS') ?? DEFAULT_LIST;
  const { actions, problems } = parseList(text);
  if (problems.length > 0) throw new SettingsError(problems.map((problem) => `${from}: ${problem}`));
  return onlyKnown(actions, readSettings(environment, ['UNKNOWN_ACTIONS']).UNKNOWN_ACTIONS);
}
