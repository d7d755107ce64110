import { DIFFERENCES } from './differences.ts';
import { NOT_COMPARED, servedOperations } from './operations.ts';
import { SCENES } from './scenes.ts';

/** How often each operation is called: `iam CreatePolicy` → 70. */
export function playedCalls(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { service, calls } of SCENES) {
    for (const [operation] of calls) {
      const name = `${service} ${operation}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** The tables of the README, in Markdown. */
export function conformanceTables(): string {
  return [
    row('operation', 'calls compared'),
    row('---', '--:'),
    ...comparedRows(),
    '',
    'Where they differ and the sandbox is right:',
    '',
    row('operations', 'calls', 'what differs', 'because', 'decided by'),
    row('---', '---', '---', '---', '---'),
    ...DIFFERENCES.map(({ operations, about, field, why, page }) =>
      row(
        operations.length === 0 ? 'all' : operations.join(', '),
        about?.join('; ') ?? 'all',
        `\`${field}\``,
        why,
        page === undefined ? 'how AWS answers; no page says it' : `[${page.split('/').at(-1)}](${page})`,
      ),
    ),
    '',
  ].join('\n');
}

function comparedRows(): string[] {
  const counts = playedCalls();
  return servedOperations()
    .toSorted()
    .map((name) => row(name, String(counts.get(name) ?? `none: ${NOT_COMPARED[name]}`)));
}

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
