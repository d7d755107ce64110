import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RestrictedAction } from '../inspection/finding.ts';
import type { Environment } from '../settings/settings.ts';
import { SettingsError } from '../settings/settings.ts';
import { parseList } from './parse-list.ts';

/** The two actions of the AWS sample that this product grew out of. */
const DEFAULT_LIST = 's3:DeleteBucket,s3:DeleteObject';

/**
 * Reads the list of restricted actions from RESTRICTED_ACTIONS, or from the file that RESTRICTED_ACTIONS_FILE names
 * (relative to the current folder, on Lambda to the function's own). Named sets are expanded.
 *
 * @param environment `process.env`, or what stands for it; an empty value counts as absent
 * @throws SettingsError naming every bad entry and unknown set
 */
export function readRestrictedActions(environment: Environment): RestrictedAction[] {
  const inline = environment.RESTRICTED_ACTIONS?.trim();
  const file = environment.RESTRICTED_ACTIONS_FILE?.trim();
  if (inline && file) {
    throw new SettingsError(['RESTRICTED_ACTIONS, RESTRICTED_ACTIONS_FILE: are both given; leave out one']);
  }
  const setting = file ? 'RESTRICTED_ACTIONS_FILE' : 'RESTRICTED_ACTIONS';
  const text = file ? readList(resolve(environment.LAMBDA_TASK_ROOT ?? '', file)) : inline || DEFAULT_LIST;
  const { actions, problems } = parseList(text);
  if (problems.length > 0) throw new SettingsError(problems.map((problem) => `${setting}: ${problem}`));
  return actions;
}

function readList(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError([`RESTRICTED_ACTIONS_FILE: can't be read (${reason})`], { cause });
  }
}
