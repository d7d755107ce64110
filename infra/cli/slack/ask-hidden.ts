import type { ReadStream } from 'node:tty';
import { UsageError } from '../../command/run-command.ts';

const ENTER = new Set(['\r', '\n', '\u0004']);
const INTERRUPT = '\u0003';
const ERASE = new Set(['\u0008', '\u007f']);

/**
 * Asks for one secret on a terminal. Nothing of it is shown, not even its length.
 *
 * @throws UsageError on Ctrl-C
 */
export async function askHidden(
  question: string,
  input: ReadStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  output.write(`${question}: `);
  input.setRawMode(true);
  input.setEncoding('utf8');
  let secret = '';
  try {
    for await (const chunk of input.iterator({ destroyOnReturn: false })) {
      for (const character of String(chunk)) {
        if (ENTER.has(character)) return secret;
        if (character === INTERRUPT) throw new UsageError('Nothing was stored.');
        secret = ERASE.has(character) ? secret.slice(0, -1) : secret + character;
      }
    }
    return secret;
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}
