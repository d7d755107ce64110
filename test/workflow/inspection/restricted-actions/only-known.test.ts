import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../../workflow/inspection/inspect-document.ts';
import { actionsNamedBy } from '../../../../workflow/inspection/restricted-actions/known-actions.ts';
import { readRestrictedActions } from '../../../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import { times } from '../../../support/times.ts';
import { isGranted, matches, type OracleStatement, realActions } from '../oracle.ts';

/** More for a thorough search by hand. */
const RUNS = times(500);

function isRestricted(list: string, unknown: string | undefined, ...statements: readonly OracleStatement[]) {
  const restricted = readRestrictedActions({ RESTRICTED_ACTIONS: list, UNKNOWN_ACTIONS: unknown });
  return inspectDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), restricted);
}

const allow = (statement: Partial<OracleStatement>): OracleStatement => ({
  Effect: 'Allow',
  Resource: '*',
  ...statement,
});
const deny = (Action: string | string[]): OracleStatement => ({ Effect: 'Deny', Resource: '*', Action });

describe('UNKNOWN_ACTIONS', () => {
  it.each<[string, string, ...OracleStatement[]]>([
    ['no action has the name that both match', 'lambda:*Permission', allow({ Action: 'lambda:Get*' })],
    ['an action that nobody knows is granted', 's3:Delete*', allow({ Action: 's3:DeleteTomorrow' })],
    [
      'what is known of it is denied',
      'kms:Schedule*',
      allow({ Action: 'kms:*' }),
      deny(actionsNamedBy('kms:Schedule*')),
    ],
    [
      'NotAction leaves out what is known of it',
      'kms:Schedule*',
      allow({ NotAction: actionsNamedBy('kms:Schedule*') }),
    ],
  ])('counts where %s only if they are restricted', (_, list, ...statements) => {
    expect(isRestricted(list, undefined, ...statements).restricted).toBe(true);
    expect(isRestricted(list, 'restricted', ...statements).restricted).toBe(true);
    expect(isRestricted(list, 'allowed', ...statements).restricted).toBe(false);
  });

  it.each<[string, string, ...OracleStatement[]]>([
    ['an action is known that both match', 'lambda:*Permission', allow({ Action: 'lambda:Add*' })],
    [
      'the entry names the action itself, though nobody knows it',
      's3:DeleteTomorrow',
      allow({ Action: 's3:*' }),
    ],
    ['everything is restricted', '*', allow({ Action: 's3:DeleteTomorrow' })],
    ['the entry leaves the service open', '*:DeleteBucket', allow({ Action: 's3:DeleteB*' })],
    ['everything but something else is granted', 'kms:Schedule*', allow({ NotAction: 'iam:*' })],
    [
      'only some of what is known is denied',
      's3:Delete*',
      allow({ Action: 's3:*' }),
      deny('s3:DeleteBucket'),
    ],
  ])('counts either way where %s', (_, list, ...statements) => {
    for (const unknown of ['restricted', 'allowed']) {
      expect(isRestricted(list, unknown, ...statements).restricted).toBe(true);
    }
  });

  it('tells the entry as it is configured', () => {
    const { findings } = isRestricted('kms:Schedule* severity=high', 'allowed', allow({ Action: 'kms:*' }));
    expect(findings).toMatchObject([{ restricted: 'kms:Schedule*', grantedBy: 'kms:*', severity: 'high' }]);
  });

  it('refuses any other value', () => {
    expect(() => isRestricted('*', 'maybe')).toThrow('UNKNOWN_ACTIONS');
  });

  it('as `allowed`, counts exactly where an independent judge finds a known action granted', async () => {
    const known = await realActions();
    const entries = [
      'lambda:*Permission',
      'kms:Sch*',
      's3:Delete*',
      'iam:*AccessKey',
      '*:DeleteBucket*',
      'iam:P?tRole*',
    ];
    const named = new Map(entries.map((entry) => [entry, known.filter((action) => matches(entry, action))]));
    const written = fc.oneof(
      // Wildcards in a service prove nothing where something is taken away.
      fc.constantFrom(
        ...entries.filter((entry) => !entry.startsWith('*')),
        ...[...named.values()].flat(),
        '*',
        'lambda:Get*',
        'iam:*',
        's3:*Zzz',
      ),
      fc
        .tuple(fc.constantFrom(...[...named.values()].flat()), fc.nat(30), fc.constantFrom('*', '?'))
        .map(([action, at, wildcard]) => action.slice(0, Math.max(at, action.indexOf(':') + 1)) + wildcard),
    );
    const list = fc.array(written, { minLength: 1, maxLength: 3 });
    const statement = fc.oneof(
      list.map((Action) => allow({ Action })),
      list.map((NotAction) => allow({ NotAction })),
      list.map((Action) => deny(Action)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...entries),
        fc.array(statement, { minLength: 1, maxLength: 3 }),
        (entry, given) => {
          const expected = (named.get(entry) ?? []).some((action) => isGranted(given, action));
          expect(isRestricted(entry, 'allowed', ...given).restricted).toBe(expected);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
