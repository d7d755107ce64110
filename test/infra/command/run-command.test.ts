import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The commands that are this project's own, not another program's. */
const COMMANDS = Object.entries(scripts).flatMap(([name, command]) => {
  const [program, file = ''] = command.split(' ');
  return program === 'node' && file ? [{ name, file }] : [];
});

it('covers every command that the documentation names', () => {
  const documented = readFileSync('infra/cli/README.md', 'utf8').matchAll(
    /^\| `npm (?:run )?([\w:-]+)` \|/gm,
  );
  const forUsers = COMMANDS.filter(({ file }) => file.startsWith('infra/'));
  expect([...documented].map(([, name]) => name).sort()).toEqual(forUsers.map(({ name }) => name).sort());
});

it.each(COMMANDS)('npm run $name answers --help, and does nothing else', ({ file, name }) => {
  const text = execFileSync(process.execPath, [file, '--help'], { encoding: 'utf8' });
  expect(text).toContain(name === 'start' ? 'Usage: npm start' : 'Usage: npm run');
  expect(text).toContain(name);
  expect(text).toContain('--help');
});

it('refuses an unknown option with what there is', () => {
  const { status, stderr } = spawnSync(process.execPath, ['infra/cli/slack/manifest.ts', '--address'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain("Unknown option '--address'");
  expect(stderr).toContain('--url https://…');
});
