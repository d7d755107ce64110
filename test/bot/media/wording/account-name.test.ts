import { expect, it } from 'vitest';
import { accountName, named } from '../../../../bot/media/wording/account-name.ts';

const ID = '123456789012';

it.each([
  ['its id, where nothing else is known', [], undefined, ID],
  ['what ACCOUNT_NAMES says', [`${ID}=prod`], undefined, 'prod (…9012)'],
  [
    'its alias, where ACCOUNT_NAMES says nothing of it',
    ['999999999999=dev'],
    'acme-prod',
    'acme-prod (…9012)',
  ],
  ['what ACCOUNT_NAMES says, though it has an alias', [`${ID} = prod`], 'acme-prod', 'prod (…9012)'],
  ['a single line, whatever its alias says', [], 'a\nb', 'a b (…9012)'],
])('an account is called %s', (_, names, alias, expected) => {
  expect(accountName(ID, names, alias)).toBe(expected);
});

it('a request is told with the name of its account', () => {
  expect(named({ account: ID, accountAlias: 'acme', who: 'dana' }, [])).toEqual({
    ...{ account: `acme (${ID})`, accountAlias: 'acme', who: 'dana' },
  });
});
