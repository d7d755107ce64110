import { SEVERITIES, type Severity } from '../../../workflow/inspection/finding.ts';
import type { GrantFacts } from '../../../workflow/inspection/grant-facts.ts';
import type { InspectionSummary } from '../../../workflow/inspection/summarise.ts';
import { worstSeverity } from './describe-finding.ts';
import { countOf, enumerate } from './phrases.ts';
import { plainLine, shorten } from './plain-line.ts';

/** What a grant comes to, in words: the first thing that whoever decides has to know. */
interface DescribedVerdict {
  /** Follows the name of a policy or of who holds it: `would be full administrator`. */
  words: string;
  /** The worst that the list gives or, where it gives none, what the words amount to; missing where neither tells. */
  severity?: Severity;
}

/** One rule: what it is called, and how bad that is; `always` whatever the list says of single actions. */
type Judged = { words: string; severity?: Severity; always?: boolean } | undefined;

const ALWAYS_CRITICAL = { severity: 'critical', always: true } as const;

/** The worst first; the first that fits is the verdict. */
const RULES: readonly ((facts: GrantFacts) => Judged)[] = [
  fullAdministrator,
  administratorOfAllBut,
  administratorOfServices,
  makesItselfAdministrator,
  passesRoles,
  ({ dangers }) => danger('could delete data', dangers.destroys),
  ({ dangers }) => danger('could open things to the outside', dangers.exposes),
  ({ dangers }) => danger('could blind those who watch', dangers.blinds),
];

/** Pure. Numbers are totals of all that was found, not of what is kept of it. */
export function describeVerdict({
  findings,
  grants,
  unreadable,
  waitsIn,
}: InspectionSummary): DescribedVerdict {
  const listed = grants === undefined ? worstSeverity(findings) : worstOf(grants);
  const judged: NonNullable<Judged> = judge(grants) ?? {
    words: unreadable === undefined ? grantsPhrase(findings.map(({ restricted }) => restricted)) : UNREAD,
  };
  const severity = judged.always ? judged.severity : (listed ?? judged.severity);
  const once = waitsIn === undefined ? '' : `, once request ${plainLine(waitsIn)} is approved`;
  return { words: `${judged.words}${once}`, ...(severity !== undefined && { severity }) };
}

/** Where single actions would hide what it comes to: `would be full administrator`; nothing for whatever grants less. */
export function administratorWords(facts: GrantFacts): string | undefined {
  const judged = fullAdministrator(facts) ?? administratorOfAllBut(facts) ?? administratorOfServices(facts);
  return judged?.words;
}

const UNREAD = 'could not be read, so it counts as restricted';

function judge(facts: GrantFacts | undefined): Judged {
  if (facts === undefined) return undefined;
  for (const rule of RULES) {
    const judged = rule(facts);
    if (judged !== undefined) return judged;
  }
  const { count, examples } = facts.dangers.other ?? { count: 0, examples: [] };
  return count === 0 ? undefined : { words: grantsPhrase(examples, count) };
}

function fullAdministrator({ everything }: GrantFacts): Judged {
  if (everything === undefined) return undefined;
  const condition = everything === 'conditional' ? ', under a condition' : '';
  return { words: `would be full administrator${condition}`, ...ALWAYS_CRITICAL };
}

function administratorOfAllBut({ allBut }: GrantFacts): Judged {
  if (allBut === undefined) return undefined;
  return {
    words: `would be administrator of all but ${listed(allBut.examples, allBut.count)}`,
    ...ALWAYS_CRITICAL,
  };
}

function administratorOfServices({ services }: GrantFacts): Judged {
  if (services.length === 0) return undefined;
  if (services.includes('iam')) {
    return { words: 'would be administrator of iam, and so of everything', ...ALWAYS_CRITICAL };
  }
  return { words: `would be administrator of ${enumerate(services)}` };
}

/** `iam:PassRole` alone takes something that runs under the role. */
function makesItselfAdministrator({ dangers: { escalates }, runsWithRoles }: GrantFacts): Judged {
  if (escalates === undefined || (passesOnly(escalates) && !runsWithRoles)) return undefined;
  return {
    words: `could make itself administrator: ${listed(escalates.examples.slice(0, 1), escalates.count)}`,
    severity: 'critical',
  };
}

function passesRoles({ dangers: { escalates } }: GrantFacts): Judged {
  return escalates && danger('could hand roles to services', escalates);
}

function passesOnly({ count, examples }: NonNullable<GrantFacts['dangers']['escalates']>): boolean {
  return count === 1 && examples[0]?.toLowerCase() === 'iam:passrole';
}

function danger(could: string, found: GrantFacts['dangers'][keyof GrantFacts['dangers']]): Judged {
  return found && { words: `${could}: ${listed(found.examples.slice(0, 1), found.count)}` };
}

function grantsPhrase(actions: readonly string[], count?: number): string {
  const distinct = [...new Set(actions)];
  if (distinct.length === 0) return 'would grant what is restricted';
  return `would grant ${listed(distinct.slice(0, 1), count ?? distinct.length)}`;
}

/** A name of the list is short; whatever else stands there may not be. */
const NAME = 60;

/** `s3:DeleteBucket`, `s3:DeleteBucket and 7 more`. */
function listed(examples: readonly string[], count: number): string {
  const names = examples.map((name) => shorten(plainLine(name), NAME));
  const more = count - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : enumerate(names);
}

function worstOf({ severities }: GrantFacts): Severity | undefined {
  return SEVERITIES.find((severity) => severities[severity] !== undefined);
}

/** `all 418 restricted actions`, `1 restricted action`. */
export function restrictedCount({ actions, everything }: GrantFacts): string {
  const counted = countOf(actions, 'restricted action');
  return everything === undefined || actions === 1 ? counted : `all ${counted}`;
}
