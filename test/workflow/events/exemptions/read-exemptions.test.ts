import { describe, expect, it } from 'vitest';
import { readExemptions } from '../../../../workflow/events/exemptions/read-exemptions.ts';
import { problemsOf } from '../../../support/problems-of.ts';

const ROLE = 'arn:aws:iam::123456789012:role/deployer';

const problemsIn = (text: string) => problemsOf(() => readExemptions({ EXEMPT_REQUESTERS: text }));

describe('the list of exempt requesters', () => {
  it.each([{}, { EXEMPT_REQUESTERS: ' ' }])('is empty when the environment is %j', (environment) => {
    expect(readExemptions(environment)).toEqual([]);
  });

  it('holds patterns with an end and a reason, separated by semicolons or lines', () => {
    const text = `
      # pipelines
      ${ROLE} until 2026-12-31: moves the reports: ticket 7
      arn:aws:sts::*:assumed-role/ci-?/* until 2028-02-29 : a leap year; ${ROLE}-2 until 2026-01-01: b # old`;
    expect(readExemptions({ EXEMPT_REQUESTERS: text })).toEqual([
      { pattern: ROLE, until: '2026-12-31', reason: 'moves the reports: ticket 7' },
      { pattern: 'arn:aws:sts::*:assumed-role/ci-?/*', until: '2028-02-29', reason: 'a leap year' },
      { pattern: `${ROLE}-2`, until: '2026-01-01', reason: 'b' },
    ]);
  });

  it.each([
    ['an end', `${ROLE}: why`],
    ['a reason', `${ROLE} until 2026-12-31:`],
    ['an ARN', 'deployer until 2026-12-31: why'],
    ['an ARN of IAM', 'arn:aws:s3:::bucket until 2026-12-31: why'],
    ['a day that there is', `${ROLE} until 2026-02-30: why`],
    ['a day as it is written', `${ROLE} until 31.12.2026: why`],
    ['somebody', 'arn:aws:iam::*:* until 2026-12-31: why'],
    ['a certain role', 'arn:aws:iam::123456789012:role/* until 2026-12-31: why'],
  ])('refuses an entry without %s, and names it', (_what, entry) => {
    expect(problemsIn(`${ROLE} until 2026-12-31: fine; ${entry}`)).toEqual([
      expect.stringContaining(JSON.stringify(entry)),
    ]);
  });

  it.each([
    [`${ROLE} until 2026-12-31`, 'does not say why'],
    [`${ROLE} until soon: why`, 'does not say until which day'],
    ['deployer until 2026-12-31: why', 'does not begin with an ARN pattern'],
    ['arn:aws:iam::*:* until 2026-12-31: why', 'names everybody'],
  ])('says what is wrong with %s', (entry, problem) => {
    expect(problemsIn(entry)).toEqual([expect.stringContaining(problem)]);
  });
});
