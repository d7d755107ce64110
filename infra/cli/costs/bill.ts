import {
  type Fixture,
  type Fixtures,
  MONTH_PRICES,
  type Price,
  USE_PRICES,
  type Usage,
  type Use,
} from './prices.ts';

export interface BillLine {
  title: string;
  quantity: number;
  usd: number;
}

export interface Bill {
  lines: BillLine[];
  usd: number;
}

/** What one change uses, for many of them. The metrics are the same ones however often they are written. */
export function times(changes: number, usage: Usage): Usage {
  const scaled = Object.entries(usage).map(([use, quantity]) => [
    use,
    use === 'metrics' ? quantity : quantity * changes,
  ]);
  return Object.fromEntries(scaled);
}

export function billOfUse(usage: Usage): Bill {
  return toBill(Object.entries(USE_PRICES).map(([use, price]) => [price, usage[use as Use]]));
}

export function billOfMonth(fixtures: Fixtures): Bill {
  return toBill(Object.entries(MONTH_PRICES).map(([name, price]) => [price, fixtures[name as Fixture]]));
}

function toBill(items: [Price, number][]): Bill {
  const lines = items.map(([{ title, usd, per }, quantity]) => ({
    title,
    quantity,
    usd: (quantity * usd) / per,
  }));
  return { lines, usd: lines.reduce((sum, line) => sum + line.usd, 0) };
}
