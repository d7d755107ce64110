import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, markdownFiles, proseOf } from './support/markdown.ts';

const FILES = markdownFiles();

/** Links and pictures to this project's own files: what stands in the brackets, resolved. */
function linksOf(file: string): { target: string; anchor: string | undefined }[] {
  return [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, anchor] = link.split('#');
      return { target: path ? normalize(join(dirname(file), path)) : file, anchor };
    });
}

describe('the documentation', () => {
  it('begins with a README of at most 10,000 bytes', () => {
    expect(statSync('README.md').size).toBeLessThanOrEqual(10_000);
  });

  it.each(['workflow', 'bot', 'infra', 'infra/aws', 'infra/sandbox', 'infra/cli', 'fixtures', 'test'])(
    'has a README for %s, which the map of the code leads to',
    (folder) => {
      const reached = linksOf('.github/CONTRIBUTING.md').map(({ target }) => target);
      expect(reached).toContain(`${folder}/README.md`);
    },
  );

  it.each(FILES)('%s links to files and sections that there are', (file) => {
    const broken = linksOf(file).filter(
      ({ target, anchor }) =>
        !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  it.each(FILES)('%s has tables without padding', (file) => {
    const padded = proseOf(file)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('|') && / {2,}\||\| {2,}|-{4,}/.test(line));
    expect(padded).toEqual([]);
  });

  it.each(FILES)('%s has a header above the rows of each table', (file) => {
    const lines = proseOf(file)
      .split('\n')
      .map((line) => line.trim());
    const tables = lines.flatMap((line, at) =>
      line.startsWith('|') && !lines[at - 1]?.startsWith('|') ? [lines.slice(at, at + 2)] : [],
    );
    expect(tables.filter(([, below = '']) => !/^\|(?: ?:?-+:? ?\|)+$/.test(below))).toEqual([]);
  });

  it('says no sentence twice', () => {
    const sentences = FILES.filter((file) => file !== 'CHANGELOG.md').flatMap((file) =>
      proseOf(file)
        .split(/\n|(?<=[.:;])\s/)
        .map((sentence) => sentence.trim())
        .filter((sentence) => sentence.length > 60 && !sentence.startsWith('|')),
    );
    const twice = sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index);
    expect(twice).toEqual([]);
  });

  it.each(promises())('promise %s is held by tests that there are', (_promise, tests) => {
    expect(tests.length).toBeGreaterThan(0);
    const missing = tests.filter(
      ({ file, title }) => !existsSync(file) || !titlesIn(file).includes(normalised(title)),
    );
    expect(missing).toEqual([]);
  });
});

/** Each promise of test/README.md with the tests that it names. */
function promises(): [promise: string, tests: { file: string; title: string }[]][] {
  const sections = readFileSync('test/README.md', 'utf8').split(/^### /m).slice(1);
  return sections.map((section) => {
    const rows = section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm);
    const tests = [...rows].map(([, file, title = '']) => ({ file: `test/${file}`, title }));
    return [section.split('\n')[0] ?? '', tests];
  });
}

/** The source of a test file, as far as titles go: quotes escaped or not are the same. */
function titlesIn(file: string): string {
  return normalised(readFileSync(file, 'utf8'));
}

function normalised(text: string): string {
  return text.replaceAll('\\', '').replaceAll('’', "'");
}
