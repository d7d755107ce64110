import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../../workflow/inspection/restricted-actions/unknown-entries.ts';
import { SettingsError } from '../../../workflow/runtime/settings/settings.ts';
import type { InputFile } from './input-files.ts';
import { inputFiles, reasonOf } from './input-files.ts';
import { itemsIn } from './items-in.ts';
import type { Judgement } from './judge.ts';
import { judge } from './judge.ts';
import type { Options } from './options.ts';
import { HELP, readOptions, UsageError } from './options.ts';
import { printable } from './printable.ts';
import { Progress } from './progress.ts';
import { readText } from './read-text.ts';
import { answerAsJson, answerAsText } from './render-answer.ts';
import { setsAsText } from './render-sets.ts';
import { Tally } from './tally.ts';

type InspectOptions = Extract<Options, { command: 'inspect' }>;
type Terminal = Writable & { isTTY?: boolean };

/** What the command needs of the process that it runs in. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable;
  stdout: Terminal;
  stderr: Terminal;
  cwd(): string;
}

/** @returns the exit status: 0 nothing restricted, 1 something restricted, 2 some input could not be read */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  try {
    const options = readOptions(args, surroundings.env, surroundings.cwd());
    if (options.command === 'inspect') return await new Inspector(options, surroundings).inspect();
    await write(stdout, options.command === 'help' ? HELP : setsAsText());
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof SettingsError)) throw error;
    const lines = error.message.split('\n').map(printable);
    await write(stderr, `${lines.join('\n')}\nnpm run -s inspect -- --help says more.\n`);
    return 2;
  }
}

class Inspector {
  private readonly options: InspectOptions;
  private readonly surroundings: Surroundings;
  private readonly tally = new Tally();
  private progress: Progress | undefined;

  constructor(options: InspectOptions, surroundings: Surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  async inspect(): Promise<number> {
    const { stdout, stderr } = this.surroundings;
    const { paths, json, restricted } = this.options;
    for (const entry of unknownEntries(restricted)) {
      await write(stderr, `${printable(`Warning: ${warnOfUnknown(entry)}`)}\n`);
    }
    if (stderr.isTTY) this.progress = new Progress(stderr, await countInputs(paths), Date.now);
    for await (const input of inputFiles(paths)) {
      await this.inspectInput(input);
      this.progress?.step();
    }
    this.progress?.clear();
    await write(json ? stderr : stdout, this.tally.summary());
    return this.tally.exitStatus;
  }

  private async inspectInput(input: InputFile): Promise<void> {
    if (input.type === 'ignored') this.tally.ignore();
    else if (input.type === 'unreadable') await this.complain(input.path, input.reason);
    else await this.inspectFile(input.path, input.named);
  }

  private async inspectFile(path: string, named: boolean): Promise<void> {
    let text: string;
    try {
      text = await readText(path, this.surroundings.stdin);
    } catch (error) {
      await this.complain(path, reasonOf(error));
      return;
    }
    for (const item of itemsIn(text)) {
      const judgement = judge(item, path, named, this.options.restricted);
      if (judgement.type === 'counted') this.tally.count(judgement.as);
      else await this.tell(judgement);
    }
  }

  private async tell({ answer, inputUnreadable }: Extract<Judgement, { type: 'answer' }>): Promise<void> {
    const { stdout } = this.surroundings;
    const color = stdout.isTTY === true && this.surroundings.env.NO_COLOR === undefined;
    this.tally.add(answer);
    if (inputUnreadable) this.tally.addUnreadableInput();
    if (stdout.isTTY) this.progress?.clear();
    await write(stdout, `${this.options.json ? answerAsJson(answer) : answerAsText(answer, color)}\n`);
  }

  private async complain(path: string, reason: string): Promise<void> {
    this.tally.addUnreadableInput();
    this.progress?.clear();
    await write(this.surroundings.stderr, `${printable(`${path} could not be read: ${reason}`)}\n`);
  }
}

async function countInputs(paths: readonly string[]): Promise<number> {
  let count = 0;
  for await (const _ of inputFiles(paths)) count++;
  return count;
}

/** Waits until the reader keeps up, so that answers do not pile up in memory. */
async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
