import { expect, it } from 'vitest';
import { withTimeouts } from '../../../../../infra/sandbox/aws/states/definition.ts';

it('changes the timeouts that stand in a definition, and none that is read from the input', () => {
  const waiting = { Type: 'Task', TimeoutSecondsPath: '$.wait.seconds' };
  const States = { Work: { Type: 'Task', TimeoutSeconds: 30 }, Waiting: waiting, End: { Type: 'Succeed' } };
  const changed = withTimeouts({ StartAt: 'Work', States }, (seconds) => seconds * 2);
  expect(changed).toEqual({
    StartAt: 'Work',
    States: { ...States, Work: { Type: 'Task', TimeoutSeconds: 60 } },
  });
});
