import * as z from '../../../../workflow/runtime/zod.ts';
import { operation } from '../front-door/parameters.ts';
import type { Operation } from '../front-door/service.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import type { PolicyHolder } from './state.ts';

const listInput = z.object({ PathPrefix: parameters.pathPrefix, ...parameters.page });

/**
 * ListUsers, ListGroups and ListRoles: what is under a path, page by page.
 *
 * @param member what the answer calls the list, e.g. `Users`
 */
export function listOperation<T extends PolicyHolder>(
  all: ReadonlyMap<string, T>,
  member: string,
  describe: (holder: T) => object,
): Operation {
  return operation(listInput, ({ PathPrefix, ...page }) => {
    const { items, rest } = pageOf(
      [...all.values()].filter(({ path }) => path.startsWith(PathPrefix)),
      page,
    );
    return { ...rest, [member]: items.map(describe) };
  });
}
