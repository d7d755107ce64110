import type { Entity } from '../../../../workflow/events/change.ts';
import * as z from '../../../../workflow/runtime/zod.ts';
import { percentEncode } from '../front-door/percent-encoding.ts';
import type { Service } from '../front-door/service.ts';
import { noSuchEntity } from './errors.ts';
import { requireModifiable } from './find.ts';
import { capitalised, ENTITIES, holderOperation } from './holder-operation.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import { requireIdentityPolicy } from './policy-document/identity-policy.ts';
import { requireInlineSize } from './quotas.ts';
import type { IamState, PolicyHolder } from './state.ts';

const onePolicy = z.object({ PolicyName: parameters.policyName });
const putPolicy = z.extend(onePolicy, { PolicyDocument: parameters.policyDocument });

/** PutUserPolicy, GetGroupPolicy, ListRolePolicies, …: the twelve operations on inline policies. */
export function inlinePolicyOperations(state: IamState): Service {
  return Object.assign({}, ...ENTITIES.map((entity) => operationsOf(state, entity)));
}

function operationsOf(state: IamState, entity: Entity): Service {
  const Entity = capitalised(entity);
  return {
    [`Put${Entity}Policy`]: holderOperation(state, entity, putPolicy, put),
    [`Get${Entity}Policy`]: holderOperation(state, entity, onePolicy, (holder, { PolicyName }) => ({
      [`${Entity}Name`]: holder.name,
      PolicyName,
      PolicyDocument: percentEncode(documentOf(holder, PolicyName)),
    })),
    [`Delete${Entity}Policy`]: holderOperation(state, entity, onePolicy, (holder, { PolicyName }) => {
      requireModifiable(holder);
      documentOf(holder, PolicyName);
      holder.inline.delete(PolicyName);
      return {};
    }),
    [`List${Entity}Policies`]: holderOperation(state, entity, z.object(parameters.page), (holder, page) => {
      const { items, rest } = pageOf([...holder.inline.keys()].sort(), page);
      return { ...rest, PolicyNames: items };
    }),
  };
}

function put(holder: PolicyHolder, { PolicyName, PolicyDocument }: z.output<typeof putPolicy>): object {
  requireModifiable(holder);
  requireIdentityPolicy(PolicyDocument);
  requireInlineSize(holder, PolicyName, PolicyDocument);
  holder.inline.set(PolicyName, PolicyDocument);
  return {};
}

function documentOf({ type, inline }: PolicyHolder, policyName: string): string {
  const document = inline.get(policyName);
  if (document === undefined) {
    throw noSuchEntity(`The ${type} policy with name ${policyName} cannot be found.`);
  }
  return document;
}
