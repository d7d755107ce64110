import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The order of the folders in each room: a folder may import from those before it. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  workflow: [
    'runtime',
    'inspection',
    'events',
    'account',
    'ledger',
    'inventory',
    'containment',
    'decisions',
    'steps',
    'reconcile',
    'functions',
  ],
  bot: ['media', 'approvers', 'notices', 'doctor', 'app', 'pages', 'functions'],
};

/** What each room may import besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  workflow: [],
  bot: ['workflow'],
  infra: ['bot', 'workflow'],
};

const IMPORT = /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

const files = Object.keys(ROOMS).flatMap((room) =>
  readdirSync(room, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);
const imports = new Map(files.map((file) => [file, importsOf(file)]));
/** Without those that bring types alone, which nobody calls. */
const ways = new Map(files.map((file) => [file, importsOf(file, /^(?:im|ex)port type [^;]*;/gm)]));
const arrows = [...imports].flatMap(([from, all]) => all.map((to) => ({ from, to })));

describe('the house', () => {
  it('lets a room import only from the rooms below it', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      return room !== other && !ROOMS[room]?.includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(FOLDERS))('knows every folder of %s', (room, order) => {
    const inFolders = files.filter((file) => roomOf(file) === room && file.split('/').length > 2);
    expect([...new Set(inFolders.map(folderOf))].sort()).toEqual([...order].sort());
  });

  it.each(Object.entries(FOLDERS))('has no arrow against the order of the folders of %s', (room, order) => {
    const wrong = arrows.filter(
      ({ from, to }) =>
        roomOf(from) === room &&
        roomOf(to) === room &&
        order.indexOf(folderOf(to)) > order.indexOf(folderOf(from)),
    );
    expect(wrong).toEqual([]);
  });

  // A way of calls is a way of imports; what is handed in, a port, is declared further down.
  it.each([
    ['an event, in Inspect', 'workflow/functions/inspect.ts', 6],
    ['an event, in Contain', 'workflow/functions/contain.ts', 6],
    ['a click', 'bot/functions/slack.ts', 6],
  ])('leads the calls for %s through few folders, and back to none', (_, handler, most) => {
    const way = longestWay(handler);
    expect(way.length).toBeLessThanOrEqual(most);
    expect(new Set(way).size).toBe(way.length);
  });

  it('takes zod from one file, which gives it its words and leaves out what is not used', () => {
    const others = files.filter((file) => /from 'zod\b/.test(readFileSync(file, 'utf8')));
    expect(others).toEqual(['workflow/runtime/zod.ts']);
  });

  it('has no circle of files', () => {
    expect(circles(imports)).toEqual([]);
  });
});

function importsOf(file: string, leftOut = /$^/g): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(leftOut, '');
  const found = [...text.matchAll(IMPORT)].map(([, path = '']) => normalize(join(dirname(file), path)));
  return [...new Set(found)].filter((path) => files.includes(path));
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The folders that the longest way of imports from a file leads through, of files in other folders each. */
function longestWay(file: string, known = new Map<string, string[]>()): string[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const here = file.split('/').slice(0, 2).join('/');
  let longest = [here];
  for (const to of ways.get(file) ?? []) {
    const way = longestWay(to, known);
    const whole = way[0] === here ? way : [here, ...way];
    if (whole.length > longest.length) longest = whole;
  }
  known.set(file, longest);
  return longest;
}

/** The files on circles, and between two of them: what is left when all that begins or ends no way on is taken away. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const left = new Map(graph);
  const leadsOn = (file: string) => left.get(file)?.some((to) => left.has(to));
  const isReached = (file: string) => [...left.values()].some((to) => to.includes(file));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const file of [...left.keys()]) if (!leadsOn(file) || !isReached(file)) left.delete(file);
  }
  return [...left.keys()].sort();
}
