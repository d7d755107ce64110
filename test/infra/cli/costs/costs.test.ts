import { describe, expect, it } from 'vitest';
import { billOfMonth, billOfUse, times } from '../../../../infra/cli/costs/bill.ts';
import { countFixtures } from '../../../../infra/cli/costs/count-fixtures.ts';
import { unitsOf } from '../../../../infra/cli/costs/dynamo-units.ts';
import { MONTH_PRICES, USE_PRICES, type Usage } from '../../../../infra/cli/costs/prices.ts';
import { renderCosts } from '../../../../infra/cli/costs/render-costs.ts';
import { synthesiseOnce } from '../../../support/synthesise.ts';

const NOTHING = Object.fromEntries(Object.keys(USE_PRICES).map((use) => [use, 0])) as Usage;

describe('the prices', () => {
  it('each say where they come from', () => {
    for (const { source, usd, per } of [...Object.values(USE_PRICES), ...Object.values(MONTH_PRICES)]) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/pricing\//);
      expect(usd).toBeGreaterThan(0);
      expect(per).toBeGreaterThan(0);
    }
  });
});

describe('DynamoDB bills', () => {
  const call = (operation: string, request: object, response: object = {}) =>
    unitsOf({ operation, request: JSON.stringify(request), response: JSON.stringify(response) });
  const kilobytes = (count: number) => ({ text: { S: 'x'.repeat(count * 1_024) } });

  it('a read of an item by begun 4 KB, and of nothing as one', () => {
    expect(call('GetItem', {}, { Item: kilobytes(5) })).toEqual({ read: 2, write: 0 });
    expect(call('GetItem', {})).toEqual({ read: 1, write: 0 });
  });

  it('a query of the index at half the price', () => {
    expect(call('Query', { ConsistentRead: true }, { Items: [] })).toEqual({ read: 1, write: 0 });
    expect(call('Query', { ConsistentRead: false }, { Items: [] })).toEqual({ read: 0.5, write: 0 });
  });

  it('a write by begun 1 KB, and once more for each write to the index, of which a new place there takes two', () => {
    const indexed = { gsi1pk: { S: 'status#pending' } };
    expect(call('PutItem', { Item: kilobytes(2) })).toEqual({ read: 0, write: 3 });
    expect(call('PutItem', { Item: indexed })).toEqual({ read: 0, write: 2 });
    const moved = { UpdateExpression: 'SET #status = :new_status, #gsi1pk = :new_gsi1pk' };
    expect(call('UpdateItem', moved, { Attributes: indexed })).toEqual({ read: 0, write: 3 });
    const inPlace = { UpdateExpression: 'SET #taskToken = :new_taskToken' };
    expect(call('UpdateItem', inPlace, { Attributes: indexed })).toEqual({ read: 0, write: 2 });
  });

  it('a refused write as one unit', () => {
    expect(call('UpdateItem', {}, { __type: 'ConditionalCheckFailedException' })).toEqual({
      read: 0,
      write: 1,
    });
  });
});

describe('a bill', () => {
  it('multiplies what one change uses, but has each metric once', () => {
    const usage = times(1_000, { ...NOTHING, stateTransitions: 10, metrics: 5 });
    expect(usage).toMatchObject({ stateTransitions: 10_000, metrics: 5 });
    expect(billOfUse(usage).usd).toBeCloseTo(10_000 * 0.000025 + 5 * 0.3, 6);
  });

  it('of a month has what is in the stack, counting each metric of an alarm', () => {
    const fixtures = countFixtures(synthesiseOnce({ settings: {} }).json);
    expect(fixtures).toEqual({ secrets: 2, keys: 1, alarmMetrics: 24, dashboards: 1 });
    expect(billOfMonth(fixtures).usd).toBeCloseTo(2 * 0.4 + 1 + 24 * 0.1 + 3, 6);
  });
});

describe('the table', () => {
  const bill = billOfUse({ ...NOTHING, stateTransitions: 18_000, readUnits: 9_000 });
  const text = renderCosts(
    { count: 1_000, bills: { harmless: billOfUse(NOTHING), held: bill } },
    { '100 policies': billOfUse({ ...NOTHING, gigabyteSeconds: 20_000 }) },
    billOfMonth({
      ...{ secrets: 2, keys: 1, alarmMetrics: 10, dashboards: 1 },
    }),
  );

  it('has the price and the date it is of', () => {
    expect(text).toMatch(/Prices of us-east-1 as of \d{4}-\d\d-\d\d\./);
  });

  it('has a column for each scenario, with quantity and price', () => {
    expect(text).toContain('| 1,000 changes that are | harmless | held |');
    expect(text).toContain('| Step Functions, state transitions | – | 18,000: $0.45 |');
    expect(text).toContain('| DynamoDB, read request units on demand | – | 9,000: under a cent |');
    expect(text).toContain('| **Together** | **$0.00** | **$0.45** |');
  });

  it('has the sweeps, with what they use and nothing else', () => {
    expect(text).toContain(
      '| Sweeps of an account of | 100 policies |\n| --- | ---: |\n| Lambda, GB-seconds on arm64 | 20,000: $0.27 |\n| **Together** | **$0.27** |',
    );
  });

  it('has the quiet month', () => {
    expect(text).toContain('| Secrets Manager, secrets | 2: $0.80 |');
    expect(text).toContain('| **Together** | **$5.80** |');
  });
});
