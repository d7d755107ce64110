import { METRICS_NAMESPACE } from '../../../workflow/steps/metrics.ts';
import { GUARD_TAG } from '../names.ts';
import {
  ENDS_OF_GUARDRAILS,
  ENDS_OF_TRAILS,
  LOOKS,
  LOOKS_AT_KEYS,
  LOOKS_AT_STACKS,
  USES,
  USES_OF_KEYS,
} from './calls.ts';
import { type Parts, partsOf } from './parts.ts';
import { type GuardrailPlace, isShared } from './place.ts';
import { type Principals, principalsOf } from './principals.ts';

type Condition = Record<string, Record<string, string | readonly string[]>>;

/** One statement of a service control policy. */
export interface Denial {
  Sid: string;
  Effect: 'Deny';
  Action?: readonly string[];
  NotAction?: readonly string[];
  Resource: readonly string[];
  Condition: Condition;
}

interface Denied {
  /** The calls. */
  actions?: readonly string[];
  /** Or all calls but these. */
  allBut?: readonly string[];
  on: readonly string[];
  when?: Condition;
  /** Whom it does not concern: ARNs, and patterns that nobody else can make anything for. */
  unless: readonly string[];
}

function deny(sid: string, { actions, allBut, on, when = {}, unless }: Denied): Denial {
  return {
    Sid: sid,
    Effect: 'Deny',
    ...(allBut === undefined ? { Action: actions } : { NotAction: allBut }),
    Resource: on,
    Condition: { ...when, ArnNotLike: { 'aws:PrincipalArn': unless } },
  };
}

/** All that the guardrails deny; most of it as "everything but", so that a call that AWS adds is denied too. */
export function denials(place: GuardrailPlace): Denial[] {
  const parts = partsOf(place);
  const principals = principalsOf(place);
  return [...denialsAbout(parts, principals), ...(isShared(place) ? [] : ofOwnBootstrap(parts, principals))];
}

/** The same, wherever its parts are and whoever its principals. */
export function denialsAbout(parts: Parts, principals: Principals): Denial[] {
  return [
    ...ofParts(parts, principals),
    ...ofTagged(parts, principals),
    ...ofSurroundings(parts, principals),
    ...ofDeployments(parts, principals),
  ];
}

function ofParts({ used, standing }: Parts, { execution, operator, guard }: Principals): Denial[] {
  return [
    deny('Change', {
      allBut: [...LOOKS, ...USES],
      on: [...used, ...standing],
      unless: [execution, operator],
    }),
    deny('Use', { actions: USES, on: used, unless: [execution, operator, guard] }),
  ];
}

function ofTagged({ tagged }: Parts, { execution, operator, guard, deploy }: Principals): Denial[] {
  const when = { StringEquals: { [`aws:ResourceTag/${GUARD_TAG.key}`]: GUARD_TAG.value } };
  return [
    deny('ChangeTagged', {
      allBut: ['apigateway:GET', 'lambda:Get*', 'lambda:List*', ...LOOKS_AT_KEYS, ...USES_OF_KEYS],
      on: [tagged.key, tagged.apis, tagged.mappings],
      when,
      unless: [execution, operator],
    }),
    deny('UseKey', { actions: USES_OF_KEYS, on: [tagged.key], when, unless: [execution, operator, guard] }),
    // Names of tags match in any case, so a second tag that differs in case alone would make the first one doubtful.
    deny('Tag', {
      actions: ['*'],
      on: ['*'],
      when: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': GUARD_TAG.key } },
      unless: [execution, deploy, operator],
    }),
  ];
}

/** What is not the guard's, and ends it all the same. */
function ofSurroundings({ functions, defaultBus }: Parts, { execution, operator }: Principals): Denial[] {
  const unless = [execution, operator];
  return [
    // A bus's policy, which knows no resource, lets other accounts at its rules, and no policy here binds those.
    deny('Account', {
      actions: [...ENDS_OF_TRAILS, ...ENDS_OF_GUARDRAILS, 'events:PutPermission'],
      on: ['*'],
      unless,
    }),
    // A key that nobody can use, and no event is delivered any more.
    deny('Bus', { actions: ['events:UpdateEventBus'], on: [defaultBus], unless }),
    // These know the function by a condition key alone.
    deny('Feed', {
      actions: ['Create', 'Delete', 'Update'].map((verb) => `lambda:${verb}EventSourceMapping`),
      on: ['*'],
      when: { ArnLike: { 'lambda:FunctionArn': functions } },
      unless,
    }),
    // A negative number hides a failure from a sum. The guard itself counts by its log.
    deny('Count', {
      actions: ['cloudwatch:PutMetricData'],
      on: ['*'],
      when: { StringEquals: { 'cloudwatch:namespace': METRICS_NAMESPACE } },
      unless,
    }),
  ];
}

/** Who deploys the guard is the guard. Containment stays able to take grants off these roles too. */
function ofDeployments({ stacks }: Parts, principals: Principals): Denial[] {
  const { bootstrap, deploy, operator, guard } = principals;
  return [
    deny('Stack', { allBut: LOOKS_AT_STACKS, on: stacks, unless: [deploy, operator] }),
    deny('Roles', {
      allBut: ['iam:Generate*', 'iam:Get*', 'iam:List*', 'iam:PassRole', 'iam:Simulate*', 'sts:*'],
      on: [bootstrap, operator],
      unless: [operator, guard],
    }),
    deny('Pass', { actions: ['iam:PassRole'], on: [bootstrap, operator], unless: [deploy, operator] }),
  ];
}

/** With a bootstrap of the guard's own, nobody else needs its roles and its bucket. */
function ofOwnBootstrap({ assets }: Parts, { bootstrap, publishing, operator }: Principals): Denial[] {
  return [
    deny('Deploy', { actions: ['sts:AssumeRole'], on: [bootstrap], unless: [operator] }),
    deny('Code', { allBut: ['s3:Get*', 's3:List*'], on: assets, unless: [publishing, operator] }),
  ];
}
