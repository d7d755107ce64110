import { describe, expect, test } from 'vitest';
import type { CourseState } from '../../../../infra/sandbox/api/contract.ts';
import { hasChromium, titled } from './browser.ts';
import { aCourse, anExchange } from './fake-course.ts';
import { servePage } from './served-page.ts';

const served = servePage();
const PAYLOAD = '<img src=x onerror="window.hacked=true">';

async function open(tab: string, options?: Parameters<typeof served.open>[0]) {
  const opened = await served.open(options);
  await opened.page.getByRole('tab', { name: tab }).click();
  return opened;
}

const courseOf = () => served.api.state.executions[0]?.name ?? '';

describe.skipIf(!hasChromium)(titled('the course of an execution'), () => {
  test('is a list of its states, each with its tries and how long it took', async () => {
    const { page, complaints } = await open('Executions');
    const rows = page.getByRole('region', { name: /^Its course: 3 states, now in/ }).getByRole('listitem');
    await rows.first().waitFor();
    const [judge, quarantine, asking] = await rows.locator('summary').allInnerTexts();
    expect(judge).toMatch(/Judge\s+0 ms/);
    expect(quarantine).toMatch(/Quarantine\s+2 tries, 1 failed\s+1\.2 s/);
    expect(asking).toMatch(/RequestApproval.*\(now\)/s);
    expect(await rows.nth(2).getAttribute('aria-current')).toBe('step');
    expect(complaints).toEqual([]);
  });

  test('opens by keyboard to what was given and answered, try by try', async () => {
    const { page } = await open('Executions');
    await page.locator('.waterfall summary').nth(1).focus();
    await page.keyboard.press('Enter');
    const first = page.getByRole('region', { name: 'Quarantine, try 1', exact: true });
    await first.getByText('Failed: Throttling').waitFor();
    await first.getByText('Then the state machine waited 1.0 s.').waitFor();
    const second = page.getByRole('region', { name: 'Quarantine, try 2', exact: true });
    await second
      .getByRole('region', { name: 'Answered: Quarantine, try 2' })
      .getByText('"quarantined"')
      .waitFor();
    await page.keyboard.press('Enter');
    await first.waitFor({ state: 'hidden' });
  });

  test('draws each try and wait where it was', async () => {
    const { page } = await open('Executions');
    const bars = page.locator('.waterfall li').nth(1).locator('.bar');
    await bars.first().waitFor();
    expect(await bars.evaluateAll((all) => all.map(({ className }) => className))).toEqual([
      'bar failed',
      'bar wait',
      'bar work',
    ]);
    const places = await bars.evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().left));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(new Set(places).size).toBe(3);
  });

  test('goes on as the execution does', async () => {
    const { page } = await open('Executions');
    await page.locator('.waterfall li').first().waitFor();
    served.api.answer(`/api/executions/${courseOf()}`, () => {
      const course = aCourse(courseOf());
      const [, , asked] = course.steps;
      course.steps.push({ ...(asked as CourseState['steps'][number]), name: 'Restore', tries: [] });
      return { body: course };
    });
    served.api.change(({ executions: [execution] }) => {
      Object.assign(execution ?? {}, { events: 24, currentState: 'Restore' });
    });
    await page.locator('.waterfall li').filter({ hasText: 'Restore' }).waitFor();
  });

  test('the bars can be told apart in forced colours', async () => {
    const { page } = await open('Executions', { forcedColors: 'active' });
    const bars = page.locator('.waterfall .hint .bar');
    await bars.first().waitFor();
    const looks = await bars.evaluateAll((all) =>
      all.map((bar) => {
        const { backgroundColor, borderStyle } = getComputedStyle(bar);
        return `${backgroundColor} ${borderStyle}`;
      }),
    );
    expect(new Set(looks).size).toBe(3);
  });
});

describe.skipIf(!hasChromium)(titled('what Slack and the functions said'), () => {
  test('is a list that opens by keyboard to the request and its answer, raw and laid out', async () => {
    const { page, complaints } = await open('Traffic');
    const row = page.locator('.exchanges summary');
    expect(await row.innerText()).toMatch(/guard → Slack\s*chat\.postMessage.*12 ms\s*ratelimited/s);
    await row.focus();
    await page.keyboard.press('Enter');
    const request = page.getByRole('region', { name: 'request 1', exact: true });
    await request.getByText('authorization: ***').waitFor();
    await request.getByText('channel=C1&text=two%20words').waitFor();
    await request.getByRole('button', { name: 'Lay out' }).click();
    await request.getByText('text = two words').waitFor();
    await page.getByRole('region', { name: 'answer 1', exact: true }).getByText('"ratelimited"').waitFor();
    expect(complaints).toEqual([]);
  });

  test('says so where one is kept no longer', async () => {
    served.api.state.slack.exchanges.push({ ...anExchange(), id: 2, what: 'chat.update' });
    const { page } = await open('Traffic');
    await page.getByText('chat.update').click();
    await page.getByText('It is kept no longer.').waitFor();
  });
});

test.skipIf(!hasChromium)(titled('foreign text in a course or an exchange is never markup'), async () => {
  served.api.answer(`/api/executions/${courseOf()}`, () => {
    const course = aCourse(courseOf());
    for (const step of course.steps) Object.assign(step, { name: PAYLOAD, input: PAYLOAD, output: PAYLOAD });
    return { body: course };
  });
  const said = {
    ...anExchange(),
    path: PAYLOAD,
    body: PAYLOAD,
    headers: { [PAYLOAD]: PAYLOAD },
    what: PAYLOAD,
  };
  served.api.answer('/api/exchanges/1', () => ({ body: said }));
  Object.assign(served.api.state.slack.exchanges[0] ?? {}, { what: PAYLOAD, error: PAYLOAD });
  const { page } = await open('Executions');
  await page.locator('.waterfall summary').first().click();
  await page.getByRole('tab', { name: 'Traffic' }).click();
  await page.locator('.exchanges summary').click();
  await page.getByRole('region', { name: 'request 1', exact: true }).waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});
