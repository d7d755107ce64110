import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the project. */
export const ROOT = join(import.meta.dirname, '../..');

export interface Ran {
  /** Exit status. */
  status: number;
  stdout: string;
  stderr: string;
}

/** The command behind `npm run NAME`, as words: so that the record does not name source files that may move. */
export function npmScript(name: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return String(scripts[name]).split(' ');
}

/**
 * Runs a command in the root of the project with this process's Node.js.
 *
 * @param words `node script …`
 * @param environment all that the command gets besides PATH
 */
export function run(words: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
  const [, ...args] = words;
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...environment };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: ROOT, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
