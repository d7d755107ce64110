import { parseArgs } from 'node:util';
import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { onlyKnown } from '../../../workflow/inspection/restricted-actions/only-known.ts';
import { parseList } from '../../../workflow/inspection/restricted-actions/parse-list.ts';
import { readRestrictedActions } from '../../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { type Environment, readSettings } from '../../../workflow/runtime/settings/settings.ts';
import { assertReadable, readEnvFile } from '../../settings/env-file.ts';
import { Baseline } from './baseline.ts';
import { HELP } from './help.ts';
import { UsageError } from './usage-error.ts';

const FORMATS = ['text', 'json', 'sarif', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** Another list to count by, as it was given on the command line. */
interface Comparison {
  label: string;
  restricted: RestrictedAction[];
}

export type Options =
  | { command: 'help'; text: string }
  | { command: 'sets' }
  | {
      command: 'inspect';
      paths: string[];
      format: Format;
      restricted: RestrictedAction[];
      comparisons: Comparison[];
      baseline?: Baseline;
    };

/**
 * @param args the command line, without node and script
 * @param folder where `.env` may be
 * @throws UsageError, or SettingsError when the configured list can't be used; both name every bad entry
 */
export function readOptions(args: readonly string[], environment: Environment, folder: string): Options {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help', text: HELP };
  if (values.sets) return { command: 'sets' };
  if (positionals.length === 0) throw new UsageError('Name at least one file or folder to inspect.');
  const configured = configuration(environment, folder);
  const { UNKNOWN_ACTIONS: unknown } = readSettings(configured, ['UNKNOWN_ACTIONS']);
  const restricted =
    values.restricted === undefined
      ? readRestrictedActions(configured)
      : onlyKnown(readList('--restricted', values.restricted), unknown);
  return {
    command: 'inspect',
    paths: positionals,
    format: readFormat(values.format, values.json),
    restricted,
    comparisons: values.compare.map((text) => readComparison(text, restricted, unknown)),
    ...(values.baseline !== undefined && { baseline: Baseline.read(values.baseline) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        restricted: { type: 'string' },
        compare: { type: 'string', multiple: true, default: [] },
        baseline: { type: 'string' },
        format: { type: 'string' },
        json: { type: 'boolean', default: false },
        sets: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function readFormat(written: string | undefined, json: boolean): Format {
  const format = written ?? (json ? 'json' : 'text');
  const known = FORMATS.find((each) => each === format);
  if (known === undefined || (json && known !== 'json')) {
    throw new UsageError(
      known === undefined
        ? `--format: ${JSON.stringify(format)} is none; there are ${FORMATS.join(', ')}.`
        : `--json and --format ${known} are both given; leave out one.`,
    );
  }
  return known;
}

function readList(option: string, text: string): RestrictedAction[] {
  const { actions, problems } = parseList(text);
  if (problems.length > 0) {
    throw new UsageError(problems.map((problem) => `${option}: ${problem}`).join('\n'));
  }
  return actions;
}

/** A list, or attributes alone: then the list is the restricted one, with these wherever an entry has none of its own. */
function readComparison(
  text: string,
  restricted: readonly RestrictedAction[],
  unknown: Settings['UNKNOWN_ACTIONS'],
): Comparison {
  const isAttributes = /^[a-z]+=\S+(?:\s+[a-z]+=\S+)*$/.test(text.trim());
  if (!isAttributes) return { label: text, restricted: onlyKnown(readList('--compare', text), unknown) };
  const [example] = readList('--compare', `* ${text}`);
  const { pattern: _, ...attributes } = example as RestrictedAction;
  return { label: text.trim(), restricted: restricted.map((action) => ({ ...attributes, ...action })) };
}

function configuration(environment: Environment, folder: string): Environment {
  const file = readEnvFile(`${folder}/.env`);
  assertReadable(file);
  return { ...file.values, ...environment };
}
