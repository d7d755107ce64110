import type { Answer, Uncounted } from './judge.ts';
import { printable } from './printable.ts';

const MOST_LINES = 20;

const UNCOUNTED: Readonly<Record<Uncounted, string>> = {
  'in-iam': 'attachments and switched versions, whose document the guard would read from IAM',
  'failed-call': 'calls that failed',
  'other-record': 'records that are no watched change',
  'other-json': 'JSON files without a policy or record',
};

/** Counts answers and what there is no answer for; how much memory it takes depends on how many requesters there are. */
export class Tally {
  private readonly held = { changes: 0, documents: 0 };
  private readonly all = { changes: 0, documents: 0 };
  private readonly byAction = new Map<string, number>();
  private readonly byRequester = new Map<string, number>();
  private readonly uncounted = new Map<Uncounted, number>();
  private ignored = 0;
  private unreadableInputs = 0;

  get exitStatus(): 0 | 1 | 2 {
    if (this.unreadableInputs > 0) return 2;
    return this.held.changes + this.held.documents > 0 ? 1 : 0;
  }

  add({ restricted, findings, event, unreadable }: Answer): void {
    const kind = event ? 'changes' : 'documents';
    this.all[kind]++;
    if (!restricted) return;
    this.held[kind]++;
    const actions = new Set(findings.map((finding) => finding.restricted));
    if (unreadable !== undefined) actions.add('(unreadable)');
    for (const action of actions) increase(this.byAction, action);
    if (event) increase(this.byRequester, event.requester ?? '(unknown)');
  }

  count(as: Uncounted): void {
    increase(this.uncounted, as);
  }

  ignore(): void {
    this.ignored++;
  }

  addUnreadableInput(): void {
    this.unreadableInputs++;
  }

  /** Some lines of text: what would have been held, by restricted action and by requester, and what was left out. */
  summary(): string {
    const lines = [...this.headlines()];
    lines.push(...table('By restricted action', this.byAction));
    lines.push(...table('By requester', this.byRequester));
    const left = [...this.uncounted].map(([as, count]) => `  ${UNCOUNTED[as]}: ${format(count)}`);
    if (this.ignored > 0) left.push(`  files of another type: ${format(this.ignored)}`);
    if (left.length > 0) lines.push('', 'Not judged:', ...left);
    if (this.unreadableInputs > 0) {
      lines.push('', `Inputs that could not be read: ${format(this.unreadableInputs)}`);
    }
    return `${lines.join('\n')}\n`;
  }

  private *headlines(): Generator<string> {
    const { changes, documents } = this.all;
    if (changes > 0) {
      yield `${format(this.held.changes)} of ${format(changes)} IAM changes would have been held.`;
    }
    if (documents > 0 || changes === 0) {
      yield `${format(this.held.documents)} of ${format(documents)} policy documents would be held.`;
    }
  }
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function table(title: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.size === 0) return [];
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const width = format(rows[0]?.[1] ?? 0).length;
  const shown = rows
    .slice(0, MOST_LINES)
    .map(([name, count]) => `  ${format(count).padStart(width)}  ${printable(name)}`);
  const more = rows.length > MOST_LINES ? [`  … and ${format(rows.length - MOST_LINES)} more`] : [];
  return ['', `${title}:`, ...shown, ...more];
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
