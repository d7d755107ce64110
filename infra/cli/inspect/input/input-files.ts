import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { looksReadable, STANDARD_INPUT } from './read-text.ts';

/** A file to read, or something that stands in the way of reading it. */
export type InputFile =
  | { type: 'file'; path: string; named: boolean }
  | { type: 'unreadable'; path: string; reason: string }
  | { type: 'ignored'; path: string };

/** What policies and records are kept in, packed or not. */
const READ = /\.(?:json|jsonl|ndjson|tfstate|tf|tofu|hcl|template|ya?ml|csv|tsv)(?:\.gz)?$/i;
/** What may be anything: Firehose names its objects without an ending. Their first bytes tell. */
const LOOKED_INTO =
  /(?:^|\/)[^./][^.]*$|\.(?:log|txt|out|dat|dump|part|plan|tfplan|tpl|tftpl|tmpl|j2|gz|\d+)$|(?:^|\/)[^/]*\d{4}-\d\d-\d\d-[^/]*$/i;
const LEFT_OUT = /^(?:\.|node_modules$)/;
/** Assets of CDK, folders and files, are code or what CDK itself reads. */
const ASSET = /^asset\.[0-9a-f]{64}(?:\.\w+)?$/;

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
  const entries: { name: string; kind: 'folder' | 'file' | 'link' | 'other' }[] = [];
  try {
    for await (const entry of await opendir(path)) {
      const kind = entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other';
      entries.push({ name: entry.name, kind: entry.isFile() ? 'file' : kind });
    }
  } catch (error) {
    yield { type: 'unreadable', path, reason: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, kind } of entries) {
    const inside = join(path, name);
    if (ASSET.test(name)) continue;
    if (kind === 'folder') {
      if (!LEFT_OUT.test(name)) yield* folder(inside);
    } else if (kind === 'other') yield { type: 'ignored', path: inside };
    else yield await fileIn(inside, name, kind === 'link');
  }
}

async function fileIn(path: string, name: string, isLink: boolean): Promise<InputFile> {
  try {
    const isKnown = READ.test(name);
    if (!isKnown && !LOOKED_INTO.test(name)) return { type: 'ignored', path };
    // Following links to folders could go round in circles; reading what is no file could wait for ever.
    if (isLink && !(await stat(path)).isFile()) return { type: 'ignored', path };
    const isRead = isKnown || (await looksReadable(path));
    return isRead ? { type: 'file', path, named: false } : { type: 'ignored', path };
  } catch (error) {
    return { type: 'unreadable', path, reason: reasonOf(error) };
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
