import * as z from '../../../../workflow/runtime/zod.ts';
import { operation, text } from '../front-door/parameters.ts';
import type { Service } from '../front-door/service.ts';
import * as parameters from './parameters.ts';
import type { IamState } from './state.ts';

const aliasInput = z.object({
  AccountAlias: text({ min: 3, max: 63, pattern: '[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]' }),
});

/** What the account calls itself: one alias at most, and a new one takes the place of the old. */
export function aliasOperations(state: IamState): Service {
  return {
    CreateAccountAlias: operation(aliasInput, ({ AccountAlias }) => {
      state.alias = AccountAlias;
      return {};
    }),
    ListAccountAliases: operation(z.object(parameters.page), () => ({
      AccountAliases: state.alias === null ? [] : [state.alias],
      IsTruncated: false,
    })),
  };
}
