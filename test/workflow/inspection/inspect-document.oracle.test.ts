import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { times } from '../../support/times.ts';
import { isGranted, isGrantedOnItsResources, matches, type OracleStatement, realActions } from './oracle.ts';

let actions: string[];
beforeAll(async () => {
  actions = await realActions();
});

/** A few services only, so that grants, denials and restricted actions meet. */
const SERVICES = /^(?:s3|iam|kms|sqs):/;

function realAction(): fc.Arbitrary<string> {
  return fc.constantFrom(...actions.filter((action) => SERVICES.test(action)));
}

/** A real action with some of it replaced by wildcards, in any case. */
function pattern(): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(30), fc.nat(12), fc.constantFrom('*', '?', '**', '*?'));
  const edited = fc.tuple(realAction(), fc.array(edit, { maxLength: 3 })).map(([action, edits]) => {
    const [service = '', name = ''] = action.split(':');
    const changed = edits.reduce(
      (text, [at, length, wildcard]) => text.slice(0, at) + wildcard + text.slice(at + length),
      name,
    );
    return `${service}:${changed}`;
  });
  const cased = fc.tuple(edited, fc.constantFrom('as-is', 'lower', 'upper')).map(([text, style]) => {
    if (style === 'as-is') return text;
    return style === 'lower' ? text.toLowerCase() : text.toUpperCase();
  });
  return fc.oneof({ weight: 9, arbitrary: cased }, { weight: 1, arbitrary: fc.constant('*') });
}

const patterns = () => fc.oneof(pattern(), fc.array(pattern(), { minLength: 1, maxLength: 4 }));

function statement(resource: fc.Arbitrary<string | string[]>): fc.Arbitrary<OracleStatement> {
  const effect = fc.constantFrom('Allow', 'Allow', 'Deny');
  const condition = fc.option(fc.constant({ Bool: { 'aws:SecureTransport': 'true' } }), {
    nil: undefined,
    freq: 3,
  });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ Effect: effect, Action: patterns(), Resource: resource, Condition: condition }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        Effect: effect,
        NotAction: patterns(),
        Resource: resource,
        Condition: condition,
      }),
    },
  );
}

const everywhere = fc.constant('*');
const somewhere = fc.oneof(
  fc.constant('*'),
  fc.constantFrom(
    'arn:aws:s3:::logs',
    'arn:aws:iam::123456789012:role/*',
    'arn:aws:sqs:*:*:jobs',
    'arn:*:kms:::x',
  ),
  fc.array(fc.constantFrom('arn:aws:s3:::logs/*', 'arn:aws-cn:kms:*:*:key/*'), {
    minLength: 1,
    maxLength: 2,
  }),
);

function statements(resource: fc.Arbitrary<string | string[]>) {
  return fc.array(statement(resource), { minLength: 1, maxLength: 4 });
}

function inspect(given: readonly OracleStatement[], restricted: string) {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: given });
  return inspectDocument(text, [{ pattern: restricted }]);
}

describe('compared with a judge that tries every real action', () => {
  it('answers the same about every single action, when resources leave no doubt', () => {
    fc.assert(
      fc.property(statements(everywhere), realAction(), (given, action) => {
        expect(inspect(given, action).restricted).toBe(isGranted(given, action));
      }),
      { numRuns: times(1_000) },
    );
  });

  it('misses no action that a restricted pattern names', () => {
    fc.assert(
      fc.property(statements(everywhere), pattern(), (given, restricted) => {
        const named = actions.filter((action) => SERVICES.test(action) && matches(restricted, action));
        if (named.some((action) => isGranted(given, action))) {
          expect(inspect(given, restricted).restricted).toBe(true);
        }
      }),
      { numRuns: times(300) },
    );
  });

  it('lets resources excuse an action only where the action can not work on them', async () => {
    await fc.assert(
      fc.asyncProperty(statements(somewhere), realAction(), async (given, action) => {
        const { restricted } = inspect(given, action);
        if (await isGrantedOnItsResources(given, action)) expect(restricted).toBe(true);
        if (!isGranted(given, action)) expect(restricted).toBe(false);
      }),
      { numRuns: times(500) },
    );
  });
});
