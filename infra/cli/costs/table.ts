import type { Measured, Usage } from './measure.ts';
import prices from './prices.json' with { type: 'json' };

export type Prices = typeof prices;
export type Fixed = Record<keyof Prices['perMonth'], number>;

/** Assumed for each invocation, as nothing here runs on Lambda: 1 GB for 0.3 s, on the high side. */
const GIGABYTE_SECONDS = 0.3;

/** What 1,000 changes and a quiet month cost, as a Markdown table with what was counted. */
export function costsTable({ held, allowed }: Measured, fixed: Fixed, list: Prices): string {
  const month = Object.entries(fixed).reduce(
    (sum, [name, count]) => sum + count * list.perMonth[name as keyof Fixed].price,
    0,
  );
  const parts = Object.entries(fixed).map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return [
    `| | transitions | invocations | HTTP requests | DynamoDB writes | DynamoDB reads | e-mails | ${list.currency} |`,
    '|---|---|---|---|---|---|---|---|',
    row('1,000 changes that are held and approved in Slack', held, list),
    row('1,000 harmless changes', allowed, list),
    `| a quiet month: ${parts.join(', ')} | | | | | | | ${month.toFixed(2)} |`,
    '',
    `List prices of ${list.region}, ${list.asOf}, without free tiers; logs, traces, index writes and tax not counted.`,
  ].join('\n');
}

function row(name: string, usage: Usage, { perUnit }: Prices): string {
  const counts = [
    usage.transition,
    usage.invocation,
    usage.httpRequest,
    usage.dynamodbWrite,
    usage.dynamodbRead,
    usage.email,
  ];
  const price = Object.entries(usage).reduce(
    (sum, [unit, count]) => sum + count * perUnit[unit as keyof Usage].price,
    usage.invocation * GIGABYTE_SECONDS * perUnit.gigabyteSecond.price,
  );
  const thousands = counts.map((count) => (count * 1000).toLocaleString('en-US'));
  return `| ${name} | ${thousands.join(' | ')} | ${(price * 1000).toFixed(2)} |`;
}
