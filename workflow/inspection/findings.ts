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

/** A restricted action that a statement names, before anything is taken away again. */
interface Grant {
  pattern: ActionPattern;
  /** Missing for a grant by `NotAction`. */
  granting?: ActionPattern;
  /** As written. */
  grantedBy: string;
}

interface Found {
  entry: Entry;
  grantedBy: string;
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
  /** The restricted actions of which more findings are wanted. */
  private wanted: PatternSet;
  private readonly denials: Denials;
  private total = 0;

  constructor(statements: readonly Statement[], restricted: readonly RestrictedAction[]) {
    restricted.forEach((action, order) => {
      this.entries.set(readGrantingPattern(action.pattern), { restricted: action, order, found: 0 });
    });
    this.wanted = new PatternSet([...this.entries.keys()]);
    this.denials = new Denials(statements);
  }

  inspect(statement: Statement): Finding[] {
    const services = resourceServices(statement);
    const found: Found[] = [];
    for (const grant of this.grantsOf(statement)) {
      const entry = this.entries.get(grant.pattern);
      if (!entry || this.isEnough(entry) || !this.isInForce(grant, services)) continue;
      found.push({ entry, grantedBy: grant.grantedBy });
      this.count(entry);
    }
    found.sort((a, b) => a.entry.order - b.entry.order);
    return describe(statement, found);
  }

  private *grantsOf({ actions, notActions }: Statement): Generator<Grant> {
    for (const action of new Set(actions)) {
      const granting = readGrantingPattern(action);
      for (const pattern of this.wanted.intersecting(granting)) {
        yield { pattern, granting, grantedBy: action };
      }
    }
    for (const names of notActions) {
      const named = new PatternSet(names.map(readExcludingPattern));
      const grantedBy = `NotAction: ${names.join(', ')}`;
      for (const [pattern, entry] of this.entries) {
        if (!this.isEnough(entry) && !named.covers(pattern)) yield { pattern, grantedBy };
      }
    }
  }

  private isInForce({ pattern, granting }: Grant, services: Set<string> | undefined): boolean {
    const service = serviceOf(pattern) ?? (granting && serviceOf(granting));
    return !worksElsewhere(service, services) && !this.denials.cover(pattern, granting);
  }

  private count(entry: Entry): void {
    entry.found++;
    this.total++;
    if (this.total !== FINDINGS) return;
    const missing = [...this.entries].filter(([, { found }]) => found === 0).map(([pattern]) => pattern);
    this.wanted = new PatternSet(missing);
  }

  private isEnough(entry: Entry): boolean {
    return entry.found >= (this.total < FINDINGS ? FINDINGS_PER_ACTION : 1);
  }
}

function describe(statement: Statement, found: readonly Found[]): Finding[] {
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
    ...(restricted.severity !== undefined && { severity: restricted.severity }),
    ...(restricted.mode !== undefined && { mode: restricted.mode }),
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
