import prices from './prices.json' with { type: 'json' };

/** What one line of a bill is made of. */
export interface Price {
  title: string;
  /** US dollars for `per` of them. */
  usd: number;
  per: number;
  source: string;
}

/** What is counted by use. */
export type Use = keyof typeof prices.use;
/** What costs by the month, whether or not anything happens. */
export type Fixture = keyof typeof prices.month;

export const USE_PRICES: Readonly<Record<Use, Price>> = prices.use;
export const MONTH_PRICES: Readonly<Record<Fixture, Price>> = prices.month;

export const { writtenOn: WRITTEN_ON, region: PRICE_REGION, note: PRICE_NOTE } = prices;

/**
 * What a sandbox cannot measure. A change is rare enough for nearly every invocation to be a cold start, whose
 * loading is billed too; a second is more than any takes. A page of a thousand principals and policies, read at IAM's
 * rate, compared, and written the first time, takes ten at most.
 */
export const ASSUMPTIONS = prices.assumptions;

export type Usage = Readonly<Record<Use, number>>;
export type Fixtures = Readonly<Record<Fixture, number>>;
