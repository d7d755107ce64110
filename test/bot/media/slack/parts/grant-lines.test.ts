import { expect, it } from 'vitest';
import { grantLines } from '../../../../../bot/media/slack/parts/grant-lines.ts';
import { describeRequest } from '../../../../../bot/media/wording/describe-request.ts';
import { inspectDocument } from '../../../../../workflow/inspection/inspect-document.ts';
import { summarise } from '../../../../../workflow/inspection/summarise.ts';
import { aRequest } from '../../../../support/requests.ts';

const LIST = ['s3:DeleteBucket', 's3:DeleteObject', 'kms:ScheduleKeyDeletion'].map((pattern) => ({
  pattern,
}));
const allow = (Action: string | string[], Resource: string | string[] = '*', more: object = {}) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...more,
});

function lines(...Statement: object[]): string[] {
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  const inspection = summarise(inspectDocument(document, LIST), document);
  return grantLines(describeRequest(aRequest('one', { inspection })));
}

it.each<[string, object[], string[]]>([
  ['one action by its own name', [allow('s3:DeleteBucket')], ['`s3:DeleteBucket` on `*`']],
  [
    'two by their own names, each once',
    [allow(['s3:DeleteBucket', 's3:DeleteObject'])],
    ['`s3:DeleteBucket`, `s3:DeleteObject` on `*`'],
  ],
  [
    'what a pattern grants',
    [allow('s3:Delete*')],
    ['`s3:Delete*` on `*` – `s3:DeleteBucket`, `s3:DeleteObject`'],
  ],
  ['everything', [allow('*')], ['`*` on `*` – all 3 restricted actions']],
  [
    'a line for each statement, resources counted where there are several',
    [allow('s3:DeleteBucket', ['arn:aws:s3:::a', 'arn:aws:s3:::b']), allow('s3:DeleteObject')],
    ['`s3:DeleteBucket` on 2 resources', '`s3:DeleteObject` on `*`'],
  ],
  [
    'three lines at most, the others counted in the last',
    Array.from({ length: 5 }, (_, index) => allow('s3:DeleteObject', `arn:aws:s3:::b${index}/*`)),
    [
      '`s3:DeleteObject` on `arn:aws:s3:::b0/*`',
      '`s3:DeleteObject` on `arn:aws:s3:::b1/*`',
      '`s3:DeleteObject` on `arn:aws:s3:::b2/*` · and 2 more statements',
    ],
  ],
])('says %s', (_, statements, expected) => {
  expect(lines(...statements)).toEqual(expected);
});
