import type { Entity } from '../../../../workflow/events/change.ts';
import * as z from '../../../../workflow/runtime/zod.ts';
import type { Service } from '../front-door/service.ts';
import { noSuchEntity } from './errors.ts';
import { findPolicy, requireModifiable } from './find.ts';
import { capitalised, ENTITIES, holderOperation } from './holder-operation.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import { requireRoomToAttach } from './quotas.ts';
import type { IamState, PolicyHolder } from './state.ts';

const onePolicy = z.object({ PolicyArn: parameters.policyArn });
const attachedInput = z.object({ PathPrefix: parameters.pathPrefix, ...parameters.page });

/** AttachUserPolicy, DetachGroupPolicy, ListAttachedRolePolicies, …: the nine operations on attachments. */
export function attachmentOperations(state: IamState): Service {
  return Object.assign({}, ...ENTITIES.map((entity) => operationsOf(state, entity)));
}

function operationsOf(state: IamState, entity: Entity): Service {
  const Entity = capitalised(entity);
  return {
    [`Attach${Entity}Policy`]: holderOperation(state, entity, onePolicy, (holder, { PolicyArn }) =>
      attach(state, holder, PolicyArn),
    ),
    [`Detach${Entity}Policy`]: holderOperation(state, entity, onePolicy, (holder, { PolicyArn }) => {
      requireModifiable(holder);
      if (!holder.attached.delete(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
      return {};
    }),
    [`ListAttached${Entity}Policies`]: holderOperation(state, entity, attachedInput, (holder, input) => {
      const wanted = [...holder.attached]
        .map((arn) => findPolicy(state, arn))
        .filter(({ path }) => path.startsWith(input.PathPrefix));
      const { items, rest } = pageOf(wanted, input);
      return {
        ...rest,
        AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
      };
    }),
  };
}

/** Attaching what is attached already succeeds and changes nothing. */
function attach(state: IamState, holder: PolicyHolder, policyArn: string): object {
  requireModifiable(holder);
  const { arn } = findPolicy(state, policyArn);
  if (!holder.attached.has(arn)) requireRoomToAttach(holder);
  holder.attached.add(arn);
  return {};
}
