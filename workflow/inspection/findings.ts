import type { ActionPattern } from './action-pattern.ts';
import { readExcludingPattern, readGrantingPattern, serviceOf } from './action-pattern.ts';
import { Denials } from './denials.ts';
import type { Finding, RestrictedAction } from './finding.ts';
import { PatternSet } from './pattern-set.ts';
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

interface Entry {
  restricted: RestrictedAction;
  order: number;
  found: number;
}

/** Every restricted action that the statements together grant, in the order of statements, then of the list. */
export function findGrants(
  statements: readonly Statement[],
  restricted: readonly RestrictedAction[],
): Finding[] {
  const search = new Search(statements, restricted);
  return statements.filter((statement) => statement.allows).flatMap((statement) => search.inspect(statement));
}

class Search {
  private readonly entries = new Map<ActionPattern, Entry>();
  private readonly patterns: PatternSet;
  private readonly denials: Denials;
  private total = 0;

  constructor(statements: readonly Statement[], restricted: readonly RestrictedAction[]) {
    restricted.forEach((action, order) => {
      this.entries.set(readGrantingPattern(action.pattern), { restricted: action, order, found: 0 });
    });
    this.patterns = new PatternSet([...this.entries.keys()]);
    this.denials = new Denials(statements);
  }

  inspect(statement: Statement): Finding[] {
    const services = resourceServices(statement);
    const found: { entry: Entry; grantedBy: string }[] = [];
    const keep = (pattern: ActionPattern, granting: ActionPattern | undefined, grantedBy: string) => {
      const entry = this.entries.get(pattern);
      if (!entry || this.isEnough(entry)) return;
      if (worksElsewhere(serviceOf(pattern) ?? (granting && serviceOf(granting)), services)) return;
      if (this.denials.cover(pattern, granting)) return;
      entry.found++;
      this.total++;
      found.push({ entry, grantedBy });
    };
    for (const action of new Set(statement.actions)) {
      const granting = readGrantingPattern(action);
      for (const pattern of this.patterns.intersecting(granting)) keep(pattern, granting, action);
    }
    for (const names of statement.notActions) {
      const named = new PatternSet(names.map(readExcludingPattern));
      const grantedBy = `NotAction: ${names.join(', ')}`;
      for (const pattern of this.entries.keys())
        if (!named.covers(pattern)) keep(pattern, undefined, grantedBy);
    }
    found.sort((a, b) => a.entry.order - b.entry.order);
    return describe(statement, found);
  }

  private isEnough(entry: Entry): boolean {
    return entry.found >= (this.total < FINDINGS ? FINDINGS_PER_ACTION : 1);
  }
}

function describe(statement: Statement, found: { entry: Entry; grantedBy: string }[]): Finding[] {
  if (found.length === 0) return [];
  const resources = quoteResources(statement);
  return found.map(({ entry: { restricted }, grantedBy }) => ({
    restricted: restricted.pattern,
    grantedBy: quote(grantedBy),
    statement: statement.index,
    ...(statement.sid !== undefined && { sid: quote(statement.sid) }),
    resources,
    conditional: statement.condition !== undefined,
    ...(statement.condition !== undefined && { condition: statement.condition }),
    ...(restricted.set !== undefined && { set: restricted.set }),
    ...(restricted.why !== undefined && { why: restricted.why }),
  }));
}

function quoteResources({ resources, notResources }: Statement): string[] {
  const all = [...resources, ...notResources.map((resource) => `NotResource: ${resource}`)];
  const quoted = all.slice(0, QUOTED_RESOURCES).map(quote);
  return all.length > QUOTED_RESOURCES ? [...quoted, `… and ${all.length - QUOTED_RESOURCES} more`] : quoted;
}

function quote(text: string): string {
  return text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text;
}
