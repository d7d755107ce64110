import { expect, it } from 'vitest';
import { countedPage, decidedPage, refusalPage } from '../../../bot/pages/decision/pages.ts';
import { aRequest, DENIED } from '../../support/requests.ts';
import { isTakenByLink } from './people.ts';

const ended = aRequest('r1', { status: 'decided', decision: DENIED });

it.each([
  ['has decided', decidedPage(ended, true), true],
  ['counts', countedPage(aRequest('r1'), true), true],
  ['came when it was over', decidedPage(ended, false), false],
  ['counts already', countedPage(aRequest('r1'), false), false],
  ['has expired', refusalPage('expired'), false],
])('whoever follows a link that %s is taken to have decided only where it says so', (_what, page, taken) => {
  expect(isTakenByLink(page.statusCode, page.body)).toBe(taken);
});
