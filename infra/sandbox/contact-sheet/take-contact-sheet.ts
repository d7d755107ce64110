import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import type { SandboxState, SlackMessageState } from '../api/contract.ts';
import { MESSAGES, READ_AT } from './messages.ts';

/** So narrow that the channel has the page to itself, and so tall that nothing is scrolled away. */
const CHANNEL = { width: 620, height: 9_000 };

const SHEET = { width: 1_980, height: 1_200 };

/** Pixels of the picture for one of the page. */
const SCALE = 1.25;

/**
 * One picture of many messages, each as the sandbox's page draws it.
 *
 * @param page address of the page of a sandbox that runs; its channel is shown with these messages instead of its own
 * @param path where the picture goes
 */
export async function takeContactSheet(browser: Browser, page: string, path: string): Promise<void> {
  const pictures = await pictureEach(browser, page);
  const sheet = await browser.newPage({ viewport: SHEET, deviceScaleFactor: SCALE });
  const styles = await readFile(new URL('sheet.css', import.meta.url), 'utf8');
  await sheet.setContent(`<style>${styles}</style><main>${pictures.join('')}</main>`);
  await sheet.locator('main').screenshot({ path });
  await sheet.close();
}

/** @returns a figure for each message, as HTML */
async function pictureEach(browser: Browser, address: string): Promise<string[]> {
  const page = await browser.newPage({
    ...{ viewport: CHANNEL, deviceScaleFactor: SCALE, locale: 'en-US', timezoneId: 'UTC' },
  });
  await page.clock.setFixedTime(READ_AT);
  await page.addInitScript(() => localStorage.setItem('introduced', 'yes'));
  await page.route('**/api/state', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: withMessages((await response.json()) as SandboxState) });
  });
  await page.goto(address);
  const figures: string[] = [];
  for (const [index, title] of Object.keys(MESSAGES).entries()) {
    const picture = await page.getByRole('article').nth(index).screenshot();
    const source = `data:image/png;base64,${picture.toString('base64')}`;
    figures.push(`<figure><figcaption>${title}</figcaption><img src="${source}" alt=""></figure>`);
  }
  await page.close();
  return figures;
}

function withMessages(state: SandboxState): SandboxState {
  const { channel } = state.slack;
  const messages = Object.values(MESSAGES).map(
    ({ text, blocks }, index): SlackMessageState => ({
      channel: channel.id,
      ts: `${READ_AT.getTime() / 1000 - 600 + index}.000100`,
      threadTs: null,
      text,
      blocks: blocks as unknown as SlackMessageState['blocks'],
      ...{ edited: false, broadcast: false, ephemeralFor: null },
    }),
  );
  return { ...state, slack: { ...state.slack, messages } };
}
