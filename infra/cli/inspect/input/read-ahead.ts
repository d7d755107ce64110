import type { Readable } from 'node:stream';
import type { InputFile } from './input-files.ts';
import { readText, STANDARD_INPUT } from './read-text.ts';

type File = Extract<InputFile, { type: 'file' }>;

/** An input whose text is being read, where it is a file. */
export type ReadInput = Exclude<InputFile, File> | (File & { text: Promise<string> });

/** So many texts are held beside the one that is judged. */
const AHEAD = 2;

/** Reads the next files while one is judged: unpacking needs a core of its own. */
export async function* readAhead(
  inputs: AsyncIterable<InputFile>,
  standardInput: Readable,
): AsyncGenerator<ReadInput> {
  const waiting: ReadInput[] = [];
  let standard: Promise<unknown> = Promise.resolve();
  for await (const input of inputs) {
    if (input.type !== 'file') waiting.push(input);
    else {
      const isStandard = input.path === STANDARD_INPUT;
      // Named twice, it is read twice: at once, each would get a part of it.
      const text = isStandard
        ? standard.then(() => readText(input.path, standardInput))
        : readText(input.path, standardInput);
      // Whoever judges it hears of the fault.
      const settled = text.catch(() => undefined);
      if (isStandard) standard = settled;
      waiting.push({ ...input, text });
    }
    if (waiting.length > AHEAD) yield waiting.shift() as ReadInput;
  }
  yield* waiting;
}
