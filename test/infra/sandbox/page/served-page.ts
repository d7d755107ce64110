import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { hasChromium, launchBrowser, type OpenedPage, openPage } from './browser.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';
import { aCourse, anExchange } from './fake-course.ts';
import { aSandboxState } from './fake-state.ts';

/** A browser for the tests of one file, and a fresh API for each of them. */
export function servePage() {
  let browser: Browser;
  let api: FakeApi;
  beforeAll(async () => {
    if (hasChromium) browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    api = await startFakeApi(aSandboxState());
    for (const { name } of api.state.executions) {
      api.answer(`/api/executions/${name}`, () => ({ body: aCourse(name) }));
    }
    api.answer('/api/exchanges/1', () => ({ body: anExchange() }));
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    await api.stop();
  });
  return {
    get api(): FakeApi {
      return api;
    },
    open: (options?: Parameters<typeof openPage>[2]): Promise<OpenedPage> =>
      openPage(browser, api.url, options),
    /** The bodies of what the page asked a path for, oldest first. */
    received: (path: string) =>
      api.received.filter((request) => request.path === path).map(({ body }) => body),
  };
}
