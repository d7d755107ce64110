import { expect, test } from 'vitest';
import { splitCommand } from '../../../../../infra/sandbox/page/slack/split-command.ts';

test('what follows the command keeps its white space', () => {
  expect(splitCommand('/policy-guard  check {\n  "Version":  "2012-10-17"\n}\n')).toEqual({
    command: '/policy-guard',
    text: 'check {\n  "Version":  "2012-10-17"\n}\n',
  });
});

test('a command may stand alone', () => {
  expect(splitCommand(' /policy-guard')).toEqual({ command: '/policy-guard', text: '' });
});

test('an ordinary message is no command', () => {
  expect(splitCommand('see /policy-guard')).toBeUndefined();
});
