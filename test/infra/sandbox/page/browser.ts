import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM } from '../../../../infra/sandbox/chromium.ts';
import { GENEROUS_MS } from '../../../support/generous.ts';

/** Chromium is no npm package: where it is missing, browser tests are skipped and their title says why. */
export const hasChromium = existsSync(CHROMIUM.executablePath);

export function titled(title: string): string {
  return hasChromium
    ? title
    : `${title} (skipped: no Chromium at ${CHROMIUM.executablePath}; set CHROMIUM_PATH)`;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(CHROMIUM);
}

export interface OpenedPage {
  page: Page;
  /** What the browser complained of: errors, warnings, refused scripts. Has to stay empty. */
  complaints: string[];
  /** Requests to anywhere but the page's own server. Has to stay empty. */
  foreignRequests: string[];
}

/** Opens the sandbox's page in a fresh profile and waits until it shows the state. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(GENEROUS_MS);
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) foreignRequests.push(request.url());
  });
  await page.goto(url);
  await page.getByRole('heading', { name: 'Policy Guard' }).first().waitFor();
  return { page, complaints, foreignRequests };
}
