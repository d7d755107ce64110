import type { CompiledList } from './compiled-list.ts';
import type { Finding } from './finding.ts';
import type { ConditionQuotes } from './quote-condition.ts';
import { type Grant, Search } from './search.ts';
import type { Statement } from './statement.ts';

/** Texts quoted from a document are cut here; an ARN or action that is in use is never longer. */
const QUOTED_CHARACTERS = 1_000;
const QUOTED_RESOURCES = 100;

/** What statements grant together. */
interface Findings {
  /** In the order of statements, then of the list. */
  findings: Finding[];
  /** False when the statements ask for more comparing than a document is worth: there may be more findings. */
  complete: boolean;
}

/** Every restricted action that the statements together grant. */
export function findGrants(
  statements: readonly Statement[],
  list: CompiledList,
  conditions: ConditionQuotes,
): Findings {
  const search = new Search(statements, list);
  const findings: Finding[] = [];
  for (const statement of statements) {
    if (!statement.allows) continue;
    const grants = search.inspect(statement);
    if (grants.length > 0) describe(statement, grants, conditions, findings);
    if (search.isExhausted) break;
  }
  return { findings, complete: !search.isExhausted };
}

function describe(
  statement: Statement,
  grants: readonly Grant[],
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
  for (const { entry, grantedBy, because } of grants) {
    const { restricted, told } = entry;
    const finding = { restricted: restricted.pattern, grantedBy: quote(grantedBy), ...common, ...told };
    findings.push(because === undefined ? finding : { ...finding, because: quote(because) });
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
