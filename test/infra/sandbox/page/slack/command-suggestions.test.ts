import { expect, test } from 'vitest';
import { suggestionsFor } from '../../../../../infra/sandbox/page/slack/command-suggestions.ts';

const linesFor = (typed: string) => suggestionsFor(typed).map(({ line }) => line);

test('a slash brings all commands', () => {
  expect(linesFor('/').map((line) => line.split(' ')[1])).toEqual([
    'list',
    'check',
    'pending',
    'show',
    'history',
    'doctor',
    'help',
  ]);
});

test('more letters bring fewer', () => {
  expect(linesFor('/policy-guard h')).toEqual(['/policy-guard history', '/policy-guard help']);
});

test.each(['', 'list', '/policy-guard list', '/policy-guard check s3:Put*'])('%j brings none', (typed) => {
  expect(linesFor(typed)).toEqual([]);
});
