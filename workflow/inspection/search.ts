import { type ActionPattern, readExcludingPattern, serviceOf } from './action-pattern.ts';
import { CompiledList, type Entry, type Touch } from './compiled-list.ts';
import { Denials } from './denials.ts';
import { type Counts, countsOn, type Limits } from './limits.ts';
import { PatternSet, type Work } from './pattern-set.ts';
import { resourceServices, worksElsewhere } from './resource-services.ts';
import type { Statement } from './statement.ts';

/**
 * How many findings are kept: a restricted action's first ten, and when there are a thousand in all, its first.
 * A document of 131,072 characters could otherwise have millions.
 */
const FINDINGS_PER_ACTION = 10;
const FINDINGS = 1_000;

/**
 * How much judging one document is worth, in comparisons of two patterns. AWS's own policies stay far below it, and
 * so does whatever names its services; several hundred patterns that leave the service open (`*x`) go past it.
 */
const WORK = 500_000;
/** What it costs, in comparisons, to see whether a grant is in force. */
const GRANT_WORK = 4;

/** A restricted action that a statement grants. */
export interface Grant {
  entry: Entry;
  /** The action as written; for `NotAction`, `NotAction: a, b`. */
  grantedBy: string;
  /** What decided that it counts, where something had to be decided. */
  because?: string;
}

/** The pattern that grants, if not the restricted action itself; for `NotAction`, what it leaves out. */
interface GrantedBy {
  granting?: ActionPattern | undefined;
  excluded?: PatternSet;
}

/** A statement that is being looked through. */
interface Look {
  /** The services that all its resources belong to; undefined when that is not certain. */
  services: Set<string> | undefined;
  grants: Grant[];
  /** The actions that were looked at: one that is written twice counts once. */
  seen: Set<string>;
  /** What was found of limits that entries share; made when the first is met. */
  counts?: Map<Limits, Counts | undefined>;
  statement: Statement;
}

/** Looks through the statements of one document for what they grant of a list. */
export class Search {
  private readonly list: CompiledList;
  /** The restricted actions of which more grants are wanted. */
  private wanted: CompiledList;
  private readonly denials: Denials;
  /** How often each entry was found. */
  private readonly times = new Map<Entry, number>();
  private total = 0;
  private readonly work: Work = { left: WORK };

  constructor(statements: readonly Statement[], list: CompiledList) {
    this.list = list;
    this.wanted = list;
    this.denials = new Denials(statements);
  }

  /** The document asks for more comparing than it is worth; what is left of it is not looked at. */
  get isExhausted(): boolean {
    return this.work.left < 0;
  }

  /** What a statement that allows grants, in the order of the list. */
  inspect(statement: Statement): readonly Grant[] {
    let look: Look | undefined;
    for (const action of statement.actions) {
      if (this.isExhausted) break;
      const touched = this.wanted.touchedBy(action, this.work);
      if (touched === undefined) continue;
      look ??= begin(statement);
      this.addAction(action, touched, look);
    }
    for (const names of statement.notActions) {
      if (this.isExhausted) break;
      look ??= begin(statement);
      this.addAllBut(names, look);
    }
    if (look === undefined) return NONE;
    return look.grants.length < 2 ? look.grants : look.grants.sort((a, b) => a.entry.order - b.entry.order);
  }

  private addAction(action: string, { granting, entries }: Touch, look: Look): void {
    if (look.seen.has(action)) return;
    look.seen.add(action);
    for (const entry of entries) {
      if (!this.isEnough(entry)) this.add({ entry, grantedBy: action }, { granting }, look);
    }
  }

  private addAllBut(names: readonly string[], look: Look): void {
    const excluded = new PatternSet(names.map(readExcludingPattern));
    const grantedBy = `NotAction: ${names.join(', ')}`;
    this.work.left -= this.list.entries.length;
    for (const entry of this.list.entries) {
      if (this.isEnough(entry) || excluded.covers(entry.pattern)) continue;
      this.add({ entry, grantedBy }, { excluded }, look);
    }
  }

  private add(grant: Grant, by: GrantedBy, look: Look): void {
    const { entry } = grant;
    const { granting } = by;
    this.work.left -= GRANT_WORK;
    const service = serviceOf(entry.pattern) ?? (granting && serviceOf(granting));
    if (worksElsewhere(service, look.services) || this.isTakenAway(entry, by)) return;
    const counts = entry.limits === undefined ? ALWAYS : this.countsOn(entry.limits, look);
    if (counts === undefined) return;
    look.grants.push(counts === ALWAYS ? grant : { ...grant, ...counts });
    this.times.set(entry, (this.times.get(entry) ?? 0) + 1);
    this.total++;
    if (this.total !== FINDINGS) return;
    this.wanted = new CompiledList(this.list.entries.filter((each) => !this.times.has(each)));
  }

  /** Is nothing that counts left of what the entry and the grant have in common? */
  private isTakenAway({ pattern, known }: Entry, { granting, excluded }: GrantedBy): boolean {
    if (known === undefined) return this.denials.cover(pattern, granting);
    const common = granting ? known.intersecting(granting, this.work) : known.all(this.work);
    return common.every((action) => excluded?.covers(action) || this.denials.cover(action, undefined));
  }

  private countsOn(limits: Limits, look: Look): Counts | undefined {
    const { statement } = look;
    look.counts ??= new Map();
    if (!look.counts.has(limits)) {
      this.work.left -= statement.resources.length + statement.notResources.length;
      look.counts.set(limits, countsOn(limits, statement));
    }
    return look.counts.get(limits);
  }

  private isEnough(entry: Entry): boolean {
    return (this.times.get(entry) ?? 0) >= (this.total < FINDINGS ? FINDINGS_PER_ACTION : 1);
  }
}

const ALWAYS: Counts = {};
const NONE: readonly never[] = [];

function begin(statement: Statement): Look {
  return { services: resourceServices(statement), grants: [], seen: new Set(), statement };
}
