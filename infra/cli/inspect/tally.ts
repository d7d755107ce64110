import type { Target } from '../../../workflow/events/change.ts';
import type { Answer } from './judge.ts';
import { printable } from './render/printable.ts';
import type { LeftOut } from './shapes/reader.ts';
import type { Told } from './told.ts';

const LEFT_OUT: Readonly<Record<Exclude<LeftOut, 'no-policy'>, string>> = {
  'in-iam': 'attachments and switched versions, whose document the guard would read from IAM',
  'failed-call': 'calls that failed',
  'other-record': 'records that are no watched change',
  duplicate: 'changes met again, under the same eventID',
  'other-json': 'JSON files without a policy or record',
  'not-watched': 'policies that the guard does not watch',
  elsewhere: 'templates that another one names',
  'not-in-force': 'versions and resources that are not in force',
};

const MOST_NAMES = 20;

/** A number with the name that it belongs to. */
export type Count = readonly [name: string, count: number];

/** Counts answers and what there is no answer for; how much memory it takes depends on how many names there are. */
export class Tally {
  private readonly held = { changes: 0, documents: 0 };
  private readonly all = { changes: 0, documents: 0 };
  private readonly byAction = new Map<string, number>();
  /** Names of policies and requesters, apart for each account: `[name, account]` as JSON. */
  private readonly byPolicy = new Map<string, number>();
  private readonly byRequester = new Map<string, number>();
  private readonly byAccount = new Map<string, number>();
  private readonly accounts = new Set<string>();
  private readonly leftOut = new Map<LeftOut, Map<string, number>>();
  private readonly compared = new Map<string, number>();
  private files = 0;
  private records = 0;
  private ignored = 0;
  private known = 0;
  private unreadableFiles = 0;
  private unjudged = 0;

  get exitStatus(): 0 | 1 | 2 {
    if (this.unreadableInputs > 0) return 2;
    return this.restricted > 0 ? 1 : 0;
  }

  get restricted(): number {
    return this.held.changes + this.held.documents;
  }

  get unreadableInputs(): number {
    return this.unreadableFiles + this.unjudged;
  }

  get judged(): number {
    return this.all.changes + this.all.documents;
  }

  addFile(): void {
    this.files++;
  }

  addRecord(): void {
    this.records++;
  }

  add({ answer, source, path, isUnjudged }: Told): void {
    if (isUnjudged) {
      this.unjudged++;
      return;
    }
    const { restricted, findings, event, unreadable } = answer;
    const kind = event ? 'changes' : 'documents';
    this.all[kind]++;
    const account = event?.accountId;
    if (account !== undefined) this.accounts.add(account);
    if (!restricted) return;
    this.held[kind]++;
    const actions = new Set(findings.map((finding) => finding.restricted));
    if (unreadable !== undefined) actions.add('(unreadable)');
    for (const action of actions) increase(this.byAction, action);
    increase(this.byPolicy, JSON.stringify([policyOf(answer) ?? source, account ?? (answer.policy && path)]));
    if (event) {
      increase(this.byRequester, JSON.stringify([event.requester ?? '(unknown)', account]));
      increase(this.byAccount, account ?? '(unknown)');
    }
  }

  /** A restricted document that the baseline knows. */
  addKnown(): void {
    this.known++;
  }

  /** @param label of another list, by which the document is restricted or not */
  compare(label: string, restricted: boolean): void {
    this.compared.set(label, (this.compared.get(label) ?? 0) + (restricted ? 1 : 0));
  }

  count(as: LeftOut, name = ''): void {
    const names = this.leftOut.get(as) ?? new Map<string, number>();
    this.leftOut.set(as, names);
    increase(names, name);
  }

  ignore(): void {
    this.ignored++;
  }

  addUnreadableInput(): void {
    this.unreadableFiles++;
  }

  /** What would be held, in a sentence each. */
  *headlines(): Generator<string> {
    const { changes, documents } = this.all;
    if (changes > 0) {
      yield `${format(this.held.changes)} of ${format(changes)} IAM changes would have been held.`;
    }
    if (documents > 0) {
      yield `${format(this.held.documents)} of ${format(documents)} policy documents would be held.`;
    }
    if (this.judged === 0) yield 'Nothing was judged: no policy document, and no IAM change that brings one.';
    if (this.known > 0) {
      yield `${format(this.known)} more ${this.known === 1 ? 'is' : 'are'} restricted as in the baseline.`;
    }
    const others = [...this.compared].map(([label, count]) => `; ${format(count)} with ${printable(label)}`);
    if (others.length > 0) yield `${format(this.restricted + this.known)} restricted${others.join('')}.`;
    yield this.readings();
  }

  private readings(): string {
    const read = [
      counted(this.files, 'file'),
      counted(this.records, 'CloudTrail record'),
      counted(this.all.documents, 'policy document'),
    ].join(', ');
    const not = this.unreadableInputs + this.ignored;
    if (not === 0) return `Read: ${read}.`;
    const parts = [
      ...(this.unreadableFiles > 0 ? [counted(this.unreadableFiles, 'file')] : []),
      ...(this.unjudged > 0 ? [`${counted(this.unjudged, 'part')} of files`] : []),
      ...(this.ignored > 0 ? [`${counted(this.ignored, 'file')} of another type`] : []),
    ];
    return `Read: ${read}. Not read: ${parts.join(', ')}.`;
  }

  /** The totals, each with a title; the largest first. */
  tables(): { title: string; rows: Count[] }[] {
    return [
      { title: 'By restricted action', rows: sorted(this.byAction) },
      { title: 'By policy', rows: sorted(this.labelled(this.byPolicy)) },
      { title: 'By requester', rows: sorted(this.labelled(this.byRequester)) },
      { title: 'By account', rows: sorted(this.byAccount) },
    ].filter(({ rows }) => rows.length > 0);
  }

  /** What was understood and is not judged, with the names under which it was met. */
  notJudged(): { what: string; count: number; names: string[] }[] {
    return [...this.leftOut].flatMap(([as, names]) => {
      if (as === 'no-policy') return [];
      const count = [...names.values()].reduce((sum, each) => sum + each, 0);
      const known = sorted(names).filter(([name]) => name !== '');
      const shown = known
        .slice(0, MOST_NAMES)
        .map(([name, times]) => (times > 1 ? `${name} (${times})` : name));
      if (known.length > MOST_NAMES) shown.push(`… and ${format(known.length - MOST_NAMES)} more`);
      return [{ what: LEFT_OUT[as], count, names: shown }];
    });
  }

  /** Some lines of text: what would have been held, by whom, and what was left out. */
  summary(): string {
    const lines = [...this.headlines()];
    for (const { title, rows } of this.tables()) lines.push('', `${title}:`, ...columns(rows));
    const left = this.notJudged().flatMap(({ what, count, names }) => [
      `  ${what}: ${format(count)}`,
      ...names.map((name) => `    ${printable(name)}`),
    ]);
    if (this.ignored > 0) left.push(`  files of another type: ${format(this.ignored)}`);
    if (left.length > 0) lines.push('', 'Not judged:', ...left);
    if (this.unreadableInputs > 0) {
      lines.push('', `Inputs that could not be read: ${format(this.unreadableInputs)}`);
    }
    return `${lines.join('\n')}\n`;
  }

  /** One name in two accounts is two; where there is one account only, it need not be said each time. */
  private labelled(counts: ReadonlyMap<string, number>): Map<string, number> {
    const labelled = new Map<string, number>();
    for (const [key, count] of counts) {
      const [name, where] = JSON.parse(key) as [string, string | null];
      const isTold = where !== null && (!this.accounts.has(where) || this.accounts.size > 1);
      const label = isTold ? `${name} in ${where}` : name;
      labelled.set(label, (labelled.get(label) ?? 0) + count);
    }
    return labelled;
  }
}

/** @returns what the policy is called that the answer is about, where that is known */
export function policyOf({ policy, event }: Answer): string | undefined {
  return policy ?? (event?.target && nameOf(event.target));
}

/** @returns the target of a change in the words of IAM */
export function nameOf(target: Target): string {
  if (target.type === 'inline-policy') return `${target.entity} ${target.entityName} (${target.policyName})`;
  return target.policyArn;
}

function counted(count: number, what: string): string {
  return `${format(count)} ${what}${count === 1 ? '' : 's'}`;
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Count[] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function columns(rows: readonly Count[]): string[] {
  const width = format(rows[0]?.[1] ?? 0).length;
  return rows.map(([name, count]) => `  ${format(count).padStart(width)}  ${printable(name)}`);
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
