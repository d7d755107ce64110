import { beforeEach, expect, it } from 'vitest';
import { createLogger } from '../../../workflow/runtime/logger.ts';
import { hearFunctions } from '../../support/hear-functions.ts';

let heard: string[];
const written = () => heard.map((line) => JSON.parse(line));

beforeEach(() => {
  heard = hearFunctions();
});

it('writes a line of JSON with the service, the sentence and the fields', () => {
  createLogger('inspect', 'INFO').info('Judged as allowed.', { requestId: 'pg-1' });
  expect(written()).toMatchObject([
    { level: 'INFO', service: 'inspect', message: 'Judged as allowed.', requestId: 'pg-1' },
  ]);
});

it('writes an error with its name and its cause', () => {
  const cause = new TypeError('inner');
  createLogger('contain', 'INFO').error('It failed.', { error: new Error('outer', { cause }) });
  expect(written()).toMatchObject([
    { error: { name: 'Error', message: 'outer', cause: { name: 'TypeError', message: 'inner' } } },
  ]);
});

it('leaves out what is below its level', () => {
  const log = createLogger('inspect', 'WARN');
  log.debug('a');
  log.info('b');
  log.warn('c');
  expect(written().map(({ message }) => message)).toEqual(['c']);
});

it('keeps nothing from one line for the next', () => {
  const log = createLogger('inspect', 'INFO');
  log.info('first', { requestId: 'pg-1' });
  log.info('second');
  expect(written()[1]).not.toHaveProperty('requestId');
});
