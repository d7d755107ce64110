import type { Target } from '../../../workflow/events/change.ts';
import type { Answer } from './judge.ts';
import type { LeftOut } from './shapes/reader.ts';
import type { Told } from './told.ts';

/** A number with the name that it belongs to. */
export type Count = readonly [name: string, count: number];

/** Counts answers and what there is no answer for; how much memory it takes depends on how many names there are. */
export class Tally {
  readonly held = { changes: 0, documents: 0 };
  readonly all = { changes: 0, documents: 0 };
  /** By the label of another list: how many documents it restricts. */
  readonly compared = new Map<string, number>();
  files = 0;
  records = 0;
  /** Files of another type. */
  ignored = 0;
  /** Restricted documents that the baseline knows. */
  known = 0;
  unreadableFiles = 0;
  /** Parts of files that nothing can be said about. */
  unjudged = 0;
  private readonly byAction = new Map<string, number>();
  /** Names of policies and requesters, apart for each account: `[name, account]` as JSON. */
  private readonly byPolicy = new Map<string, number>();
  private readonly byRequester = new Map<string, number>();
  private readonly byAccount = new Map<string, number>();
  private readonly accounts = new Set<string>();
  private readonly leftOut = new Map<LeftOut, Map<string, number>>();

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
  addKnown({ event }: Answer): void {
    this.all[event ? 'changes' : 'documents']++;
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
  get notJudged(): { as: LeftOut; count: number; names: Count[] }[] {
    return [...this.leftOut].map(([as, names]) => ({
      as,
      count: [...names.values()].reduce((sum, each) => sum + each, 0),
      names: sorted(names).filter(([name]) => name !== ''),
    }));
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

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Count[] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
