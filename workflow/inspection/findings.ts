import type { ActionPattern } from './action-pattern.ts';
import { readExcludingPattern, serviceOf } from './action-pattern.ts';
import type { Entry, Touch } from './compiled-list.ts';
import { CompiledList } from './compiled-list.ts';
import { Denials } from './denials.ts';
import type { Finding } from './finding.ts';
import { PatternSet } from './pattern-set.ts';
import type { ConditionQuotes } from './quote-condition.ts';
import { resourceServices, worksElsewhere } from './resource-services.ts';
import type { Statement } from './statement.ts';

/**
 * How many findings are kept: a restricted action's first ten, and when there are a thousand in all, its first.
 * A document of 131,072 characters could otherwise have millions.
 */
const FINDINGS_PER_ACTION = 10;
const FINDINGS = 1_000;
/** Texts quoted from a document are cut here; an ARN or action that is in use is never longer. */
const QUOTED_CHARACTERS = 1_000;
const QUOTED_RESOURCES = 100;

interface Found {
  entry: Entry;
  grantedBy: string;
}

/** Every restricted action that the statements together grant, in the order of statements, then of the list. */
export function findGrants(
  statements: readonly Statement[],
  list: CompiledList,
  conditions: ConditionQuotes,
): Finding[] {
  const search = new Search(statements, list);
  const findings: Finding[] = [];
  for (const statement of statements) {
    if (!statement.allows) continue;
    const found = search.inspect(statement);
    if (found.length > 0) describe(statement, found, conditions, findings);
  }
  return findings;
}

/** What a statement grants of the list, as it is being looked through. */
interface Grants {
  found: Found[];
  /** The services that all resources of the statement belong to; undefined when that is not certain. */
  services: Set<string> | undefined;
  /** The actions that were looked at; one that is written twice counts once. */
  seen: Set<string>;
}

class Search {
  private readonly list: CompiledList;
  /** The restricted actions of which more findings are wanted. */
  private wanted: CompiledList;
  private readonly denials: Denials;
  /** How often each entry was found. */
  private readonly times = new Map<Entry, number>();
  private total = 0;

  constructor(statements: readonly Statement[], list: CompiledList) {
    this.list = list;
    this.wanted = list;
    this.denials = new Denials(statements);
  }

  inspect(statement: Statement): Found[] {
    let grants: Grants | undefined;
    const begin = () => ({ found: [], services: resourceServices(statement), seen: new Set<string>() });
    for (const action of statement.actions) {
      const touched = this.wanted.touchedBy(action);
      if (touched === undefined) continue;
      grants ??= begin();
      this.addAction(action, touched, grants);
    }
    for (const names of statement.notActions) {
      grants ??= begin();
      this.addAllBut(names, grants);
    }
    return grants === undefined ? [] : grants.found.sort((a, b) => a.entry.order - b.entry.order);
  }

  private addAction(action: string, { granting, entries }: Touch, grants: Grants): void {
    if (grants.seen.has(action)) return;
    grants.seen.add(action);
    for (const entry of entries) if (!this.isEnough(entry)) this.add(entry, granting, action, grants);
  }

  private addAllBut(names: readonly string[], grants: Grants): void {
    const named = new PatternSet(names.map(readExcludingPattern));
    const grantedBy = `NotAction: ${names.join(', ')}`;
    for (const entry of this.list.entries) {
      if (this.isEnough(entry) || named.covers(entry.pattern)) continue;
      this.add(entry, undefined, grantedBy, grants);
    }
  }

  private add(entry: Entry, granting: ActionPattern | undefined, grantedBy: string, grants: Grants): void {
    const service = serviceOf(entry.pattern) ?? (granting && serviceOf(granting));
    if (worksElsewhere(service, grants.services) || this.denials.cover(entry.pattern, granting)) return;
    grants.found.push({ entry, grantedBy });
    this.times.set(entry, (this.times.get(entry) ?? 0) + 1);
    this.total++;
    if (this.total !== FINDINGS) return;
    this.wanted = new CompiledList(this.list.entries.filter((each) => !this.times.has(each)));
  }

  private isEnough(entry: Entry): boolean {
    return (this.times.get(entry) ?? 0) >= (this.total < FINDINGS ? FINDINGS_PER_ACTION : 1);
  }
}

function describe(
  statement: Statement,
  found: readonly Found[],
  conditions: ConditionQuotes,
  findings: Finding[],
): void {
  const conditional = statement.conditions.length > 0;
  const common = {
    statement: statement.index,
    ...(statement.sid !== undefined && { sid: quote(statement.sid) }),
    resources: quoteResources(statement),
    conditional,
    ...(conditional && { condition: conditions.of(statement) }),
  };
  for (const { entry, grantedBy } of found) {
    const { restricted, told } = entry;
    findings.push({ restricted: restricted.pattern, grantedBy: quote(grantedBy), ...common, ...told });
  }
}

function quoteResources({ resources, notResources }: Statement): string[] {
  if (notResources.length === 0 && resources.length <= QUOTED_RESOURCES) return resources.map(quote);
  const all = [...resources, ...notResources.map((resource) => `NotResource: ${resource}`)];
  const quoted = all.slice(0, QUOTED_RESOURCES).map(quote);
  return all.length > QUOTED_RESOURCES ? [...quoted, `… and ${all.length - QUOTED_RESOURCES} more`] : quoted;
}

function quote(text: string): string {
  return text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text;
}
