import { readFileSync } from 'node:fs';
import { conformanceTables } from './table.ts';

export const README = new URL('README.md', import.meta.url);

const MARK = '<!-- What follows is written by a command. -->\n';

/** The README with its tables as the calls are now. */
export function currentReadme(): string {
  const [words] = readFileSync(README, 'utf8').split(MARK);
  return `${words}${MARK}\n${conformanceTables()}`;
}
