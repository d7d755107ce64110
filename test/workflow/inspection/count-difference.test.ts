import { expect, it } from 'vitest';
import { countDifference } from '../../../workflow/inspection/count-difference.ts';

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });

it.each<[string, string, string, number[] | undefined]>([
  ['the same', policy(allow('a:b')), policy(allow('a:b')), [0, 0, 0, 0]],
  ['another order', policy(allow('a:b'), allow('c:d')), policy(allow('c:d'), allow('a:b')), [0, 0, 0, 0]],
  ['a further statement', policy(allow('a:b')), policy(allow('a:b'), allow('c:d')), [1, 0, 1, 0]],
  ['other actions', policy(allow('a:b', 'a:c')), policy(allow('a:b', 'a:*', 'e:f')), [1, 1, 2, 1]],
  [
    'one statement that is no list',
    '{"Statement":{"Action":"a:b"}}',
    policy({ NotAction: 'a:c' }),
    [1, 1, 1, 1],
  ],
  ['no policy at all', '[]', policy(), [0, 0, 0, 0]],
  ['no JSON', '{', policy(), undefined],
])('counts %s', (_what, before, after, counts) => {
  const { statements, actions } = countDifference(before, after) ?? {};
  const counted = statements && actions && [statements.more, statements.fewer, actions.more, actions.fewer];
  expect(counted).toEqual(counts);
});
