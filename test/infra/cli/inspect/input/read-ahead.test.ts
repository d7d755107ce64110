import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputFile } from '../../../../../infra/cli/inspect/input/input-files.ts';
import { readAhead } from '../../../../../infra/cli/inspect/input/read-ahead.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-ahead-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): InputFile {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return { type: 'file', path, named: true };
}

const STANDARD_INPUT: InputFile = { type: 'file', path: '-', named: true };

async function textsOf(inputs: readonly InputFile[], standardInput = ''): Promise<string[]> {
  const texts: string[] = [];
  for await (const input of readAhead(Readable.from(inputs), Readable.from([Buffer.from(standardInput)]))) {
    texts.push(input.type === 'file' ? await input.text.catch((error: Error) => error.message) : input.type);
  }
  return texts;
}

describe('reading ahead', () => {
  it('keeps the order, packed or not, whatever stands between', async () => {
    const inputs: InputFile[] = [
      fileWith('1.json', '1'),
      { type: 'ignored', path: 'x' },
      ...['2', '3', '4', '5'].map((name) => fileWith(`${name}.json.gz`, name)),
    ];
    expect(await textsOf(inputs)).toEqual(['1', 'ignored', '2', '3', '4', '5']);
  });

  it('leaves a fault to whoever asks for that text, and reads the others', async () => {
    const missing: InputFile = { type: 'file', path: join(folder, 'missing.json'), named: true };
    const texts = await textsOf([fileWith('a.json', 'a'), missing, fileWith('b.json', 'b')]);
    expect(texts).toEqual(['a', expect.stringContaining('ENOENT'), 'b']);
  });

  it('unpacks what lies about its length, or has none', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    packed.writeUInt32LE(3, packed.length - 4);
    writeFileSync(join(folder, 'lies.gz'), packed);
    writeFileSync(join(folder, 'cut.gz'), gzipSync('abc').subarray(0, 3));
    const inputs = ['lies.gz', 'cut.gz'].map(
      (name): InputFile => ({ type: 'file', path: join(folder, name), named: true }),
    );
    expect(await textsOf(inputs)).toEqual([
      expect.stringMatching(/incorrect/),
      expect.stringMatching(/end of file/),
    ]);
  });

  it('reads standard input whole where it is named twice', async () => {
    const [first, second] = await textsOf([STANDARD_INPUT, STANDARD_INPUT], '{"Statement":[]}');
    expect(first).toBe('{"Statement":[]}');
    expect(second).toBe('');
  });
});
