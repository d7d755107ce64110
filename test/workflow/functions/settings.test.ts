import { describe, expect, it } from 'vitest';
import { createContainHandler } from '../../../workflow/functions/contain.ts';
import { createInspectHandler } from '../../../workflow/functions/inspect.ts';
import { CONTAIN_ROLE_ARN } from '../../support/fixture-events.ts';

const ENVIRONMENT = { TABLE_NAME: 'ledger', CONTAIN_ROLE_ARN };
/** Nothing listens there: a handler that called AWS for these payloads would not answer as it does. */
const AWS = {
  endpoint: 'http://127.0.0.1:9',
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

describe.each([
  ['inspect', createInspectHandler],
  ['contain', createContainHandler],
])('the %s function', (_name, create) => {
  it('does not start on bad settings, and names every one', () => {
    const environment = { ...ENVIRONMENT, CONTAIN_ROLE_ARN: 'contain', LOG_LEVEL: 'loud', TABLE_NAME: '' };
    for (const bad of ['TABLE_NAME: is missing', 'CONTAIN_ROLE_ARN', 'LOG_LEVEL']) {
      expect(() => create(environment, AWS)).toThrow(bad);
    }
  });

  it('does not start with a restricted action that is none', () => {
    expect(() => create({ ...ENVIRONMENT, RESTRICTED_ACTIONS: 'not an action' }, AWS)).toThrow(
      /RESTRICTED_ACTIONS/,
    );
  });

  it('refuses what the state machine never sends', async () => {
    await expect(create(ENVIRONMENT, AWS)({ step: 'dance' })).rejects.toMatchObject({ name: '$ZodError' });
  });
});
