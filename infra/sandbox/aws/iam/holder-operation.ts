import type { Entity } from '../../../../workflow/events/change.ts';
import * as z from '../../../../workflow/runtime/zod.ts';
import { readParameters } from '../front-door/parameters.ts';
import type { Operation } from '../front-door/service.ts';
import { findHolder } from './find.ts';
import { entityName } from './parameters.ts';
import type { IamState, PolicyHolder } from './state.ts';

export const ENTITIES: readonly Entity[] = ['user', 'group', 'role'];

/** `User`, `Group` or `Role`, as in the names of operations and parameters. */
export function capitalised(entity: Entity): string {
  return entity.charAt(0).toUpperCase() + entity.slice(1);
}

/** IAM takes up to 128 characters wherever an entity exists already; only new users and roles are limited to 64. */
const LONGEST_NAME = 128;

/**
 * An operation that IAM has three times, for users, groups and roles: the name of the entity comes in `UserName`,
 * `GroupName` or `RoleName`.
 */
export function holderOperation<T extends z.ZodMiniObject>(
  state: IamState,
  entity: Entity,
  schema: T,
  run: (holder: PolicyHolder, parameters: z.output<T>) => object,
): Operation {
  const nameParameter = `${capitalised(entity)}Name`;
  const withName = z.extend(schema, { [nameParameter]: entityName(`${entity}Name`, LONGEST_NAME) });
  return (input) => {
    const parameters = readParameters(withName, input) as z.output<T> & Record<string, string>;
    return run(findHolder(state, entity, String(parameters[nameParameter])), parameters);
  };
}
