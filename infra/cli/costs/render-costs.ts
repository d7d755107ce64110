import type { Bill, BillLine } from './bill.ts';
import { ASSUMPTIONS, PRICE_NOTE, PRICE_REGION, WRITTEN_ON } from './prices.ts';

const quantity = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/**
 * The costs as Markdown.
 *
 * @param changes how many changes each scenario is for
 * @param scenarios what is done with them → the bill
 * @param month the bill of a month in which nothing happens
 */
export function renderCosts(changes: number, scenarios: Readonly<Record<string, Bill>>, month: Bill): string {
  const bills = Object.values(scenarios);
  const titles = bills[0]?.lines.map(({ title }) => title) ?? [];
  const count = changes.toLocaleString('en-US');
  return [
    `Prices of ${PRICE_REGION} as of ${WRITTEN_ON}. ${PRICE_NOTE}`,
    '',
    ...table(
      [`${count} changes that are`, ...Object.keys(scenarios)],
      titles.map((title, row) => [title, ...bills.map(({ lines }) => cell(lines[row]))]),
      ['**Together**', ...bills.map(({ usd }) => `**${dollars.format(usd)}**`)],
    ),
    '',
    ...table(
      ['A quiet month', 'number: price'],
      month.lines.map((line) => [line.title, cell(line)]),
      ['**Together**', `**${dollars.format(month.usd)}**`],
    ),
    '',
    `Counted in the sandbox; assumed: ${ASSUMPTIONS.billedSecondsPerInvocation} s billed for each invocation, ` +
      `${ASSUMPTIONS.logBytesPerInvocation} bytes of log for each, ${ASSUMPTIONS.logBytesPerTransition} for each transition.`,
    '',
  ].join('\n');
}

function cell(line: BillLine | undefined): string {
  if (line === undefined || line.quantity === 0) return '–';
  const price = line.usd < 0.005 ? 'under a cent' : dollars.format(line.usd);
  return `${quantity.format(line.quantity)}: ${price}`;
}

function table(head: string[], rows: string[][], foot: string[]): string[] {
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [row(head), row(rule), ...rows.map(row), row(foot)];
}
