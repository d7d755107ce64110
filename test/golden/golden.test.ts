import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REAL, realIsThere } from './record-inspections.ts';
import { TEST_NAMES } from './record-test-names.ts';
import { npmScript, run } from './run.ts';

const recorded = join(import.meta.dirname, 'record');
const files = filesIn(recorded);
const ofReal = (file: string) => file.startsWith('inspect/real');

const isPlay = (file: string) => file.startsWith('day/');
const nameOf = (play: string) => basename(play, '.json');

let made: string;

async function make(...plays: string[]): Promise<void> {
  const { status, stderr } = await run([...npmScript('golden'), made, ...plays]);
  if (status !== 0) throw new Error(`npm run golden failed: ${stderr}`);
}

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'policy-guard-golden-'));
  await make();
  // Whoever is late on a busy machine says other things; what has changed says them again.
  for (const play of files.filter(isPlay).filter(differs)) await make(nameOf(play));
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const differs = (file: string) => !existsSync(join(made, file)) || read(made, file) !== read(recorded, file);

describe('the golden record, made anew (npm run golden, when a difference is meant),', () => {
  it('has the same files', () => {
    expect(filesIn(made)).toEqual(realIsThere ? files : files.filter((file) => !ofReal(file)));
  });

  it.each(files.filter((file) => !ofReal(file) && file !== TEST_NAMES))(
    'has %s, byte for byte the same',
    (file) => {
      expect(read(made, file)).toBe(read(recorded, file));
    },
  );

  it.skipIf(!realIsThere).each(files.filter(ofReal))(
    `has %s, byte for byte the same (skipped when ${REAL} is not there)`,
    (file) => {
      expect(read(made, file)).toBe(read(recorded, file));
    },
  );

  it('misses no test that was there', () => {
    const now = new Set(read(made, TEST_NAMES).split('\n'));
    const missing = read(recorded, TEST_NAMES)
      .split('\n')
      .filter((name) => !now.has(name));
    expect(missing).toEqual([]);
  });
});
