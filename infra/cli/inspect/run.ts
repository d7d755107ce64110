import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../../workflow/inspection/restricted-actions/unknown-entries.ts';
import { SettingsError } from '../../../workflow/runtime/settings/settings.ts';
import { inputFiles } from './input/input-files.ts';
import { readAhead } from './input/read-ahead.ts';
import { type InspectOptions, Inspector } from './inspector.ts';
import { readOptions } from './options.ts';
import { printable } from './render/printable.ts';
import { Progress } from './render/progress.ts';
import { reportIn } from './render/reports.ts';
import { setsAsText } from './render/sets.ts';
import { summary } from './render/summary.ts';
import type { Complaint } from './told.ts';
import { UsageError } from './usage-error.ts';

type Terminal = Writable & { isTTY?: boolean };

/** What the command needs of the process that it runs in. */
interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable;
  stdout: Terminal;
  stderr: Terminal;
  cwd(): string;
}

/** @returns the exit status: 0 nothing restricted, 1 something restricted, 2 some input could not be read or judged */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  try {
    const options = readOptions(args, surroundings.env, surroundings.cwd());
    if (options.command === 'inspect') return await inspect(options, surroundings);
    await write(stdout, options.command === 'help' ? options.text : setsAsText());
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof SettingsError)) throw error;
    const lines = error.message.split('\n').map(printable);
    await write(stderr, `${lines.join('\n')}\nnpm run -s inspect -- --help says more.\n`);
    return 2;
  }
}

async function inspect(options: InspectOptions, surroundings: Surroundings): Promise<number> {
  const { stdin, stdout, stderr, env } = surroundings;
  for (const entry of unknownEntries(options.restricted)) {
    await write(stderr, `${printable(`Warning: ${warnOfUnknown(entry)}`)}\n`);
  }
  const color = stdout.isTTY === true && env.NO_COLOR === undefined;
  const report = reportIn(options.format, { color, folder: surroundings.cwd() });
  const inspector = new Inspector(options);
  const progress = stderr.isTTY
    ? new Progress(stderr, await countInputs(options.paths), Date.now)
    : undefined;
  let complained = 0;
  for await (const input of readAhead(inputFiles(options.paths), stdin)) {
    for await (const told of inspector.inspect(input)) {
      if (stdout.isTTY) progress?.clear();
      await write(stdout, report.tell(told));
    }
    for (const complaint of inspector.complaints.slice(complained)) {
      progress?.clear();
      await write(stderr, complaintAsText(complaint));
    }
    complained = inspector.complaints.length;
    progress?.step();
  }
  progress?.clear();
  await write(stdout, report.end(inspector.tally, inspector.complaints));
  if (!report.hasTotals) await write(stderr, summary(inspector.tally));
  return inspector.tally.exitStatus;
}

function complaintAsText({ path, reason }: Complaint): string {
  return `${printable(`${path} could not be read: ${reason}`)}\n`;
}

async function countInputs(paths: readonly string[]): Promise<number> {
  let count = 0;
  for await (const _ of inputFiles(paths)) count++;
  return count;
}

/** Waits until the reader keeps up, so that answers do not pile up in memory. */
async function write(stream: Writable, text: string): Promise<void> {
  if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}
