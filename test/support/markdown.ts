import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['.github', 'bot', 'fixtures', 'infra', 'test', 'workflow'];

/** Every Markdown file of the project, as paths from its root. */
export function markdownFiles(): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  return [...readdirSync('.'), ...inFolders].filter((path) => path.endsWith('.md')).sort();
}

/** The text of a Markdown file without its blocks of code. */
export function proseOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

/** The anchors that GitHub gives to the headings of a file: lower case, no punctuation, a hyphen for each space. */
export function anchorsOf(file: string): string[] {
  return [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The commands in the shell blocks of a file, one a line as they stand there. */
export function shellCommands(file: string): string[] {
  const blocks = readFileSync(file, 'utf8').matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm);
  return [...blocks].flatMap(([, , block = '']) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}

/** The commands that a file names in a sentence or a table. */
export function inlineCommands(file: string): string[] {
  return [...proseOf(file).matchAll(/`((?:npm (?!warn)|npx |aws )[^`]+)`/g)].map(
    ([, command = '']) => command,
  );
}
