import type { ActionPattern } from './action-pattern.ts';
import { readGrantingPattern } from './action-pattern.ts';
import type { Finding, RestrictedAction } from './finding.ts';
import { PatternSet } from './pattern-set.ts';

/** One restricted action, made ready for judging. */
export interface Entry {
  restricted: RestrictedAction;
  pattern: ActionPattern;
  /** Its place in the list. */
  order: number;
  /** What a finding says of the entry itself. */
  told: Pick<Finding, 'set' | 'why' | 'severity' | 'mode'>;
}

/** Entries of the list, sorted so that an action finds those that it touches without asking the others. */
export class CompiledList {
  readonly entries: readonly Entry[];
  private readonly entryOf: ReadonlyMap<ActionPattern, Entry>;
  private readonly patterns: PatternSet;

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    this.entryOf = new Map(entries.map((entry) => [entry.pattern, entry]));
    this.patterns = new PatternSet(entries.map(({ pattern }) => pattern));
  }

  /** The entries that have an action in common with the action or pattern that a document writes. */
  touchedBy(action: string): readonly Entry[] {
    const service = plainService(action);
    const known =
      service === undefined ? undefined : this.patterns.lookUp(service, action.slice(service.length + 1));
    const touched = known ?? this.patterns.intersecting(readGrantingPattern(action));
    return touched.length === 0 ? NONE : touched.map((pattern) => this.entryOf.get(pattern) as Entry);
  }
}

const NONE: readonly never[] = [];

const compiled = new WeakMap<readonly RestrictedAction[], CompiledList>();

/** @param restricted compiled when it is first seen, so it must not change afterwards */
export function compileList(restricted: readonly RestrictedAction[]): CompiledList {
  const known = compiled.get(restricted);
  if (known) return known;
  const list = new CompiledList(restricted.map(compileEntry));
  compiled.set(restricted, list);
  return list;
}

function compileEntry(restricted: RestrictedAction, order: number): Entry {
  const { set, why, severity, mode } = restricted;
  const told = {
    ...(set !== undefined && { set }),
    ...(why !== undefined && { why }),
    ...(severity !== undefined && { severity }),
    ...(mode !== undefined && { mode }),
  };
  return { restricted, pattern: readGrantingPattern(restricted.pattern), order, told };
}

const COLON = 0x3a;
const HYPHEN = 0x2d;

/** What stands before the first colon, when it is a service as nearly everyone writes it. */
function plainService(action: string): string | undefined {
  for (let at = 0; at < action.length; at++) {
    const code = action.charCodeAt(at);
    if (code === COLON) return action.slice(0, at);
    const plain = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === HYPHEN;
    if (!plain) return undefined;
  }
  return undefined;
}
