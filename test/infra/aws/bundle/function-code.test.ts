import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRestrictedActions } from '../../../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import { readListText } from '../../../../workflow/runtime/settings/read-list.ts';
import {
  FUNCTION_NAMES,
  type FunctionName,
  LIST_SETTINGS,
  type ListSetting,
  listsOf,
} from '../../../../workflow/runtime/settings/schema.ts';
import { MOST_KB } from '../../../bench/bundles.ts';
import { assetOf } from '../../../support/function-assets.ts';
import { EXAMPLE_LISTS, stackOfThisFile } from '../../../support/synthesise.ts';

/** As long as a list may get: a thousand entries of some forty characters. */
const LONG_LIST = Array.from(
  { length: 1_000 },
  (_, index) => `service${index}:DeleteSomethingThatMatters${index}`,
);

/** Attributes and named sets are the readers' business: the file holds what was written. */
const LIST = [...LONG_LIST, '@data-destruction'].join(',');

const readsList = (name: FunctionName, list: ListSetting) => listsOf(name).includes(list);

const stack = stackOfThisFile({ bundle: true, settings: { ...EXAMPLE_LISTS, RESTRICTED_ACTIONS: LIST } });

describe('the code of a function', () => {
  it.each(FUNCTION_NAMES)('is one file with its source map: %s', (name) => {
    const folder = assetOf(stack, name);
    expect(existsSync(join(folder, 'index.js.map'))).toBe(true);
    expect(readFileSync(join(folder, 'index.js'), 'utf8')).toMatch(/sourceMappingURL=index\.js\.map\s*$/);
  });

  it('is another one for each', () => {
    expect(new Set(FUNCTION_NAMES.map((name) => assetOf(stack, name))).size).toBe(FUNCTION_NAMES.length);
  });

  it.each(FUNCTION_NAMES)('of %s is small, and without what Lambda never uses', (name) => {
    const map = JSON.parse(readFileSync(join(assetOf(stack, name), 'index.js.map'), 'utf8'));
    const sources = (map.sources as string[]).join('\n');
    const packages = new Set(
      [...sources.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(([, each]) => each),
    );
    expect([...packages]).toContain('zod');
    for (const part of ['zod/v4/classic/', 'submodules/event-streams/', '/HTTPReceiver', '/file-upload']) {
      expect(sources).not.toContain(part);
    }
    for (const unused of [
      ...['express', 'undici', 'iconv-lite', 'mime-db', '@slack/socket-mode', '@slack/oauth', '@slack/types'],
      ...['@aws-sdk/credential-provider-node', '@aws-sdk/credential-provider-sso', '@aws-sdk/nested-clients'],
      ...['@smithy/credential-provider-imds', '@aws-sdk/token-providers', '@aws-sdk/client-lambda'],
      ...['@aws-sdk/endpoint-cache', 'mnemonist', 'path-to-regexp'],
    ]) {
      expect([...packages]).not.toContain(unused);
    }
    expect(statSync(join(assetOf(stack, name), 'index.js')).size / 1_024).toBeLessThan(MOST_KB[name]);
  });

  it('gives each error its name, which the state machine matches and the logs show', () => {
    const nameless = ['workflow', 'bot'].flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => [
          ...readFileSync(join(room, file), 'utf8').matchAll(/class (\w+) extends \w*Error\b.*?\n}/gs),
        ])
        .filter(([text]) => !/\bname = /.test(text))
        .map(([, name]) => name),
    );
    expect(nameless).toEqual([]);
  });
});

describe('a thousand restricted actions', () => {
  it('travel next to the code, as they were written, and are read there as Lambda would', () => {
    const readers = FUNCTION_NAMES.filter((name) => readsList(name, 'RESTRICTED_ACTIONS'));
    expect(readers).toEqual(['inspect', 'contain', 'slack', 'reconcile']);
    for (const name of readers) {
      const environment = {
        ...{ RESTRICTED_ACTIONS_FILE: 'restricted-actions.txt', LAMBDA_TASK_ROOT: assetOf(stack, name) },
      };
      expect(readListText(environment, 'RESTRICTED_ACTIONS')?.text).toBe(LIST);
      const patterns = readRestrictedActions(environment).filter(({ set }) => set === undefined);
      expect(patterns.map(({ pattern }) => pattern)).toEqual(LONG_LIST);
    }
  });

  it('keep their named sets, with why each entry is dangerous', () => {
    const configured = readRestrictedActions({ RESTRICTED_ACTIONS: '@data-destruction' });
    const deployed = readRestrictedActions({
      RESTRICTED_ACTIONS_FILE: join(assetOf(stack, 'inspect'), 'restricted-actions.txt'),
    });
    expect(deployed.filter(({ set }) => set !== undefined)).toEqual(configured);
  });
});

describe('a list', () => {
  const FILES = {
    RESTRICTED_ACTIONS: 'restricted-actions.txt',
    EXEMPT_REQUESTERS: 'exempt-requesters.txt',
    REQUESTER_SLACK_USERS: 'requester-slack-users.txt',
  };

  it.each(FUNCTION_NAMES)('lies next to the code of %s only when that reads it', (name) => {
    for (const list of LIST_SETTINGS) {
      expect({ list, there: existsSync(join(assetOf(stack, name), FILES[list])) }).toEqual({
        list,
        there: readsList(name, list),
      });
    }
  });
});
