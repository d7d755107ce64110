import { ChildProcess } from 'node:child_process';
import { format } from 'node:util';
import { afterAll } from 'vitest';
import { leaksIn } from './leaks.ts';

// Before every file: all that its tests, the functions in them and the processes that they start write is searched.

/** A function's log or metrics: they would bury the results. */
const OF_A_FUNCTION = /^\{"(level|_aws)":/;

/** What every way of starting a process comes to, but for the synchronous ones: no sandbox is started so. */
interface Starts {
  spawn(this: ChildProcess, options: unknown): unknown;
}

/** @returns what is found from now on, until this process ends: some write when their file has ended */
function searchAll(): string[] {
  const found: string[] = [];
  const search = (text: string): boolean => {
    const leaks = leaksIn(text);
    found.push(...leaks);
    return leaks.length === 0;
  };
  for (const stream of [process.stdout, process.stderr]) searchStream(stream, search);
  searchConsole(search);
  searchProcesses(search);
  return found;
}

/** @returns whether it may be shown */
type Search = (text: string) => boolean;

function searchStream(stream: NodeJS.WriteStream, search: Search): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...more: unknown[]) => boolean;
  stream.write = (chunk: unknown, ...more: unknown[]) => {
    const text = String(chunk);
    return !search(text) || OF_A_FUNCTION.test(text) || write(chunk, ...more);
  };
}

/** Vitest writes what goes to the console past the streams. */
function searchConsole(search: Search): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const write = console[method];
    console[method] = (...values: unknown[]) => {
      if (search(format(...values))) write(...values);
    };
  }
}

function searchProcesses(search: Search): void {
  const prototype = ChildProcess.prototype as unknown as Starts;
  const { spawn } = prototype;
  prototype.spawn = function searched(options) {
    const result = spawn.call(this, options);
    for (const output of [this.stdout, this.stderr]) {
      if (output === null) continue;
      const push = output.push.bind(output);
      output.push = (chunk: unknown, encoding?: BufferEncoding) => {
        if (chunk !== null) search(String(chunk));
        return push(chunk, encoding);
      };
    }
    return result;
  };
}

/** One search for all files of a worker. */
const worker = globalThis as { foundInOutput?: string[] };
worker.foundInOutput ??= searchAll();
const { foundInOutput } = worker;

afterAll(() => {
  const leaks = foundInOutput.splice(0);
  if (leaks.length > 0) throw new Error(`What tests write must not hold this:\n${leaks.join('\n')}`);
});
