import { ActionFilter } from './action-filter.ts';
import { type ActionPattern, readGrantingPattern } from './action-pattern.ts';
import type { Finding, RestrictedAction } from './finding.ts';
import type { Limits } from './limits.ts';
import { isLiteral, PatternSet, type Work } from './pattern-set.ts';

/** One restricted action, made ready for judging. */
export interface Entry {
  restricted: RestrictedAction;
  pattern: ActionPattern;
  /** Its place in the list. */
  order: number;
  /** What a finding says of the entry itself. */
  told: Pick<Finding, 'set' | 'why' | 'severity' | 'mode'>;
  /** On what it counts; missing when it always does. Entries that count on the same share one. */
  limits?: Limits;
  /** The actions of which one has to be granted; missing when any that it may name counts. */
  known?: PatternSet;
}

/** What an action that a document writes has in common with the list. */
export interface Touch {
  /** The action, compiled; missing when it is what the entries name themselves. */
  granting?: ActionPattern;
  entries: readonly Entry[];
}

/** Entries of the list, sorted so that an action finds those that it touches without asking the others. */
export class CompiledList {
  readonly entries: readonly Entry[];
  private readonly entryOf: ReadonlyMap<ActionPattern, Entry>;
  private readonly patterns: PatternSet;
  private readonly filter: ActionFilter;
  /** By action, in lower case: the entries that name it without wildcards. */
  private readonly exact = new Map<string, Touch>();

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    this.entryOf = new Map(entries.map((entry) => [entry.pattern, entry]));
    const patterns = entries.map(({ pattern }) => pattern);
    this.patterns = new PatternSet(patterns);
    this.filter = new ActionFilter(patterns);
    for (const entry of entries) if (isLiteral(entry.pattern)) this.addExact(entry);
  }

  /**
   * The entries that have an action in common with the action or pattern that a document writes.
   *
   * @param work is charged with the comparisons
   * @returns undefined when there are none
   */
  touchedBy(action: string, work: Work): Touch | undefined {
    const touch = this.filter.touch(action);
    if (touch === 'nothing') return undefined;
    if (touch === 'itself') return this.exact.get(action.toLowerCase());
    const granting = readGrantingPattern(action);
    const entries = this.patterns
      .intersecting(granting, work)
      .map((pattern) => this.entryOf.get(pattern) as Entry);
    return entries.length === 0 ? undefined : { granting, entries };
  }

  private addExact(entry: Entry): void {
    const { text } = entry.pattern.whole;
    this.exact.set(text, { entries: [...(this.exact.get(text)?.entries ?? []), entry] });
  }
}

const compiled = new WeakMap<readonly RestrictedAction[], CompiledList>();

/** @param restricted compiled when it is first seen, so it must not change afterwards */
export function compileList(restricted: readonly RestrictedAction[]): CompiledList {
  const known = compiled.get(restricted);
  if (known) return known;
  const limits = new Map<string, Limits>();
  const list = new CompiledList(restricted.map((action, order) => compileEntry(action, order, limits)));
  compiled.set(restricted, list);
  return list;
}

function compileEntry(restricted: RestrictedAction, order: number, known: Map<string, Limits>): Entry {
  const { set, why, severity, mode } = restricted;
  const told = {
    ...(set !== undefined && { set }),
    ...(why !== undefined && { why }),
    ...(severity !== undefined && { severity }),
    ...(mode !== undefined && { mode }),
  };
  const limits = limitsOf(restricted, known);
  return {
    restricted,
    pattern: readGrantingPattern(restricted.pattern),
    order,
    told,
    ...(limits && { limits }),
    ...(restricted.known && { known: new PatternSet(restricted.known.map(readGrantingPattern)) }),
  };
}

function limitsOf({ resources, unless }: RestrictedAction, known: Map<string, Limits>): Limits | undefined {
  if (resources === undefined && unless === undefined) return undefined;
  const key = JSON.stringify([resources, unless]);
  const limits = known.get(key) ?? { resources, unless };
  known.set(key, limits);
  return limits;
}
