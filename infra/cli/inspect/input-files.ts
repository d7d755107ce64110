import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const STANDARD_INPUT = '-';

/** A file to read, or something that stands in the way of reading it. */
export type InputFile =
  | { type: 'file'; path: string; named: boolean }
  | { type: 'unreadable'; path: string; reason: string }
  | { type: 'ignored'; path: string };

const READ = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;
const LEFT_OUT = /^(?:\.|node_modules$)/;

/**
 * Walks files and folders, one at a time and in the order of their names, so that an archive of any size needs no
 * memory to speak of.
 *
 * @param paths as given on the command line; `named` marks the files among them
 */
export async function* inputFiles(paths: readonly string[]): AsyncGenerator<InputFile> {
  for (const path of paths) {
    if (path === STANDARD_INPUT) yield { type: 'file', path, named: true };
    else yield* named(path);
  }
}

async function* named(path: string): AsyncGenerator<InputFile> {
  try {
    if ((await stat(path)).isDirectory()) yield* folder(path);
    else yield { type: 'file', path, named: true };
  } catch (error) {
    yield { type: 'unreadable', path, reason: reasonOf(error) };
  }
}

async function* folder(path: string): AsyncGenerator<InputFile> {
  const entries: { name: string; isFolder: boolean; isLink: boolean }[] = [];
  try {
    for await (const entry of await opendir(path)) {
      entries.push({ name: entry.name, isFolder: entry.isDirectory(), isLink: entry.isSymbolicLink() });
    }
  } catch (error) {
    yield { type: 'unreadable', path, reason: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isFolder, isLink } of entries) {
    const inside = join(path, name);
    if (isFolder) {
      if (!LEFT_OUT.test(name)) yield* folder(inside);
    } else if (!READ.test(name)) yield { type: 'ignored', path: inside };
    else if (isLink) yield await linked(inside);
    else yield { type: 'file', path: inside, named: false };
  }
}

/** Following links to folders could go round in circles. */
async function linked(path: string): Promise<InputFile> {
  try {
    const isFile = (await stat(path)).isFile();
    return isFile ? { type: 'file', path, named: false } : { type: 'ignored', path };
  } catch (error) {
    return { type: 'unreadable', path, reason: reasonOf(error) };
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
