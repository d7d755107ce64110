import { readPolicyDocument } from './policy-document.ts';
import type { Statement } from './statement.ts';

/** How far a document reaches, whatever the configured list names: what makes an administrator. */
export interface Breadth {
  /** Every action on every resource; `conditional` where only under a condition. */
  everything?: 'always' | 'conditional';
  /** Every action but these, as written; missing where `everything` says more. */
  allBut?: string[];
  /** Prefixes of the services of which it grants every action on every resource, e.g. `s3`; sorted. */
  services: string[];
  /** Whether it grants running something under a role that is passed along. */
  runsWithRoles: boolean;
}

/** Patterns that hold nothing but wildcards, e.g. `*` and `*:*`. */
const EVERY_ACTION = /^[*?:]*\*[*?:]*$/;
const WHOLE_SERVICE = /^([a-z0-9-]+):\*+$/;

/**
 * What takes a role from whoever may pass it, and runs what they say under it: the commonest of pathfinding.cloud's
 * paths that begin with `iam:PassRole` (https://pathfinding.cloud/).
 */
const RUNS_WITH_ROLES = [
  ...['lambda:createfunction', 'ec2:runinstances', 'ecs:runtask', 'ecs:registertaskdefinition'],
  ...['glue:createjob', 'glue:updatejob', 'glue:createdevendpoint', 'cloudformation:createstack'],
  ...['codebuild:createproject', 'sagemaker:createnotebookinstance', 'datapipeline:createpipeline'],
  ...['states:createstatemachine', 'scheduler:createschedule', 'ssm:startautomationexecution'],
  ...['cognito-identity:setidentitypoolroles', 'batch:registerjobdefinition', 'apprunner:createservice'],
];

const NARROW: Breadth = { services: [], runsWithRoles: false };

/**
 * How far a document reaches, less what its Denies certainly take away. A help for whoever reads, so what cannot be
 * read reaches nowhere; whether it is restricted is decided elsewhere.
 *
 * @param document as JSON text or URL-encoded; missing where there is none
 */
export function breadthOf(document: string | undefined): Breadth {
  const text = document?.trimStart().startsWith('%') ? decoded(document) : document;
  if (text === undefined) return NARROW;
  try {
    return breadthOfStatements(readPolicyDocument(text.replace(/^\uFEFF/, '')).statements);
  } catch (error) {
    if (error instanceof SyntaxError) return NARROW;
    throw error;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function breadthOfStatements(statements: readonly Statement[]): Breadth {
  const allowing = statements.filter(({ allows }) => allows);
  const everywhere = allowing.filter(isEverywhere);
  const always = everywhere.filter(({ conditions }) => conditions.length === 0);
  const denied = statements.filter(({ deniesAlways }) => deniesAlways);
  return {
    ...reachOf(always, everywhere, denied),
    services: wholeServices(always, denied),
    runsWithRoles: allowing.some(({ actions, notActions }) => notActions.length > 0 || actions.some(runs)),
  };
}

function reachOf(
  always: readonly Statement[],
  everywhere: readonly Statement[],
  denied: readonly Statement[],
): Pick<Breadth, 'everything' | 'allBut'> {
  // A Deny of all but something leaves too little to be called an administrator of the rest.
  if (denied.some(({ notActions }) => notActions.length > 0)) return {};
  const taken = denied.flatMap(({ actions }) => actions);
  if (taken.some(isEveryAction)) return {};
  if (always.some(grantsAll)) return taken.length === 0 ? { everything: 'always' } : { allBut: taken };
  const [fewest] = always
    .flatMap(({ notActions }) => notActions)
    .toSorted((one, other) => one.length - other.length);
  if (fewest !== undefined) return { allBut: [...fewest, ...taken] };
  return everywhere.some(grantsAll) && taken.length === 0 ? { everything: 'conditional' } : {};
}

function wholeServices(always: readonly Statement[], denied: readonly Statement[]): string[] {
  const whole = new Set(always.flatMap(({ actions }) => actions).flatMap(serviceOf));
  for (const { actions, notActions } of denied) {
    if (notActions.length > 0 || actions.some(isEveryAction)) return [];
    for (const service of actions.flatMap(serviceOf)) whole.delete(service);
  }
  return [...whole].sort();
}

/** `NotResource` leaves out a few: the rest is as good as everywhere. */
function isEverywhere({ resources, notResources }: Statement): boolean {
  return notResources.length > 0 || resources.some((resource) => EVERY_ACTION.test(resource));
}

function grantsAll({ actions }: Statement): boolean {
  return actions.some(isEveryAction);
}

function isEveryAction(action: string): boolean {
  return EVERY_ACTION.test(action.trim());
}

function serviceOf(action: string): string[] {
  const service = WHOLE_SERVICE.exec(action.replace(/\s/g, '').toLowerCase())?.[1];
  return service === undefined ? [] : [service];
}

function runs(action: string): boolean {
  const written = action.replace(/\s/g, '').toLowerCase();
  const star = written.indexOf('*');
  return star === -1
    ? RUNS_WITH_ROLES.includes(written)
    : RUNS_WITH_ROLES.some((each) => each.startsWith(written.slice(0, star)));
}
