import type { GrantFacts, GrantingStatement } from '../../../../workflow/inspection/grant-facts.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';
import { restrictedCount } from '../../wording/describe-verdict.ts';
import { countOf } from '../../wording/phrases.ts';
import { code, plain } from '../blocks/mrkdwn.ts';

/** More, and the buttons leave the first screen of a phone; Details has them all. */
const MOST_LINES = 3;

/** Characters of one name: lines of this length keep the message within a phone's first screen. */
const PATTERN = 30;
const RESOURCE = { alone: 60, beside: 26 };
const CONDITION = 60;

type Granted = Pick<DescribedRequest, 'grants' | 'findings' | 'moreFindings' | 'unreadable'>;

/** What is granted, one line a statement, three at most, the worst first: `` `*` on `*` – all 418 restricted actions ``. */
export function grantLines(granted: Granted): string[] {
  const { grants, unreadable } = granted;
  if (unreadable !== undefined) return [`unknown: ${plain(unreadable, 140)}`];
  if (grants === undefined) return withoutFacts(granted);
  const shown = grants.statements.slice(0, MOST_LINES);
  const left = grants.statementsInAll - shown.length;
  // A line that only counts would be a fourth.
  const rest = left > 0 ? ` · and ${countOf(left, 'more statement')}` : '';
  return shown.map(
    (each, index) => `${statementLine(each, grants)}${index === shown.length - 1 ? rest : ''}`,
  );
}

function statementLine(statement: GrantingStatement, grants: GrantFacts): string {
  const { patterns, resources, condition } = statement;
  const alone = grants.statementsInAll === 1;
  const limit =
    condition === undefined ? '' : alone ? ` only if ${code(condition, CONDITION)}` : ' under a condition';
  const where = ` on ${resourcesOf(resources, alone)}${limit}`;
  // What is granted by its own name is said once.
  if (namesThem(statement)) return `${restrictedActions(statement, grants)}${where}`;
  return `${counted(patterns, PATTERN)}${where} – ${restrictedActions(statement, grants)}`;
}

function namesThem({ patterns, actions }: GrantingStatement): boolean {
  return (
    actions.count <= FEW &&
    actions.count === patterns.count &&
    actions.examples.every((name) => patterns.examples.includes(name))
  );
}

/** Of several resources one is named only where there is room. */
function resourcesOf(resources: GrantingStatement['resources'], alone: boolean): string {
  if (resources.count === 0) return code('no resource');
  if (alone) return counted(resources, RESOURCE.alone);
  return resources.count === 1 ? counted(resources, RESOURCE.beside) : countOf(resources.count, 'resource');
}

/** So many are named; of more the number says more. */
const FEW = 2;

function restrictedActions({ actions }: GrantingStatement, grants: GrantFacts): string {
  if (actions.count <= FEW) return actions.examples.map((name) => code(name, PATTERN)).join(', ');
  if (actions.count === grants.actions) return restrictedCount(grants);
  return countOf(actions.count, 'restricted action');
}

function counted({ count, examples: [first] }: GrantingStatement['patterns'], max: number): string {
  if (first === undefined) return '';
  return count === 1 ? code(first, max) : `${code(first, max)} and ${count - 1} more`;
}

/** An older version has recorded findings alone. */
function withoutFacts({ findings, moreFindings }: Granted): string[] {
  const lines = findings
    .slice(0, MOST_LINES)
    .map(
      ({ restricted, resources: [first] }) =>
        `${code(restricted, PATTERN)} on ${code(first ?? 'no resource', RESOURCE.beside)}`,
    );
  const left = findings.length + moreFindings - lines.length;
  return left === 0 ? lines : [...lines.slice(0, -1), `${lines.at(-1)} · and ${left} more`];
}
