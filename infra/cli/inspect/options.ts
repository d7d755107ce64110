import { parseArgs } from 'node:util';
import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { parseList } from '../../../workflow/inspection/restricted-actions/parse-list.ts';
import { readRestrictedActions } from '../../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import type { Environment } from '../../../workflow/runtime/settings/settings.ts';
import { assertReadable, readEnvFile } from '../../settings/env-file.ts';

export type Options =
  | { command: 'help' }
  | { command: 'sets' }
  | { command: 'inspect'; paths: string[]; json: boolean; restricted: RestrictedAction[] };

/** The command line asks for something that there is not. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const HELP = `Says which IAM policies grant a restricted action, and so what Policy Guard would hold.

Usage: npm run -s inspect -- [--restricted LIST] [--json] PATH…
       npm run -s inspect -- --sets

PATH is a file, a folder or - for standard input. In folders, files ending in .json, .jsonl or .ndjson (or
these with .gz) are read; folders named node_modules or starting with a dot are left out, and links to
folders are not followed. A file may hold a policy document (JSON or URL-encoded, by itself or in what the
AWS CLI prints), a CloudTrail record, an EventBridge event, a CloudTrail log file, or one of these a line.

  --restricted LIST  actions, patterns and @sets, separated by commas; otherwise RESTRICTED_ACTIONS or
                     RESTRICTED_ACTIONS_FILE from the environment or .env, or the default list
  --json             one JSON object a line, one for each document
  --sets             shows the named sets, why each action is dangerous, and the sources
  --help             this text

Exit status: 0 nothing restricted, 1 something restricted, 2 some input could not be read.
`;

/**
 * @param args the command line, without node and script
 * @param folder where `.env` may be
 * @throws UsageError, or SettingsError when the configured list can't be used; both name every bad entry
 */
export function readOptions(args: readonly string[], environment: Environment, folder: string): Options {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  if (values.sets) return { command: 'sets' };
  if (positionals.length === 0) throw new UsageError('Name at least one file or folder to inspect.');
  const restricted =
    values.restricted === undefined
      ? readRestrictedActions(configuration(environment, folder))
      : readList(values.restricted);
  return { command: 'inspect', paths: positionals, json: values.json, restricted };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        restricted: { type: 'string' },
        json: { type: 'boolean', default: false },
        sets: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function readList(text: string): RestrictedAction[] {
  const { actions, problems } = parseList(text);
  if (problems.length > 0) {
    throw new UsageError(problems.map((problem) => `--restricted: ${problem}`).join('\n'));
  }
  return actions;
}

function configuration(environment: Environment, folder: string): Environment {
  const file = readEnvFile(`${folder}/.env`);
  assertReadable(file);
  return { ...file.values, ...environment };
}
