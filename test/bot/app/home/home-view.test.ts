import { describe, expect, it } from 'vitest';
import type { DescribedHome } from '../../../../bot/app/home/describe-home.ts';
import type { ShownSettings } from '../../../../bot/app/home/describe-settings.ts';
import { homeView } from '../../../../bot/app/home/home-view.ts';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import type { Severity } from '../../../../workflow/inspection/finding.ts';
import { allText } from '../../../support/block-kit.ts';
import { aRequest } from '../../../support/requests.ts';

const SETTINGS: ShownSettings = {
  ...{ MODE: 'enforce', APPROVERS: ['U0ADA'], APPROVALS_REQUIRED: 1, BREAK_GLASS: false },
  ...{ EMAIL_LINKS: 'approve-and-deny', ATTACHMENTS: 'always-ask', REQUEST_TIMEOUT_SECONDS: 86_400 },
  ...{ REMINDER_SECONDS: 3_600, ADMIN_EMAIL_SECONDS: 43_200, ADMIN_EMAIL: '' },
};

function pending(id: string, severity?: Severity) {
  const request = describeRequest(aRequest(id));
  return { request: { ...request, ...(severity && { severity }) }, mine: 'may-decide' as const };
}

function blocks(overrides: Partial<DescribedHome>) {
  const home: DescribedHome = { standing: 'approver', pending: [], pendingMore: false, past: [] };
  const now = new Date('2026-03-01T12:00:00.000Z');
  return homeView({ ...home, ...overrides }, { settings: SETTINGS, restricted: [], exemptions: [], now })
    .blocks;
}

describe('what waits on App Home', () => {
  it('has a line between two requests, and none around them', () => {
    const types = blocks({ pending: [pending('r1'), pending('r2')] }).map(({ type }) => type);
    expect(types.slice(0, 9)).toEqual([
      ...['section', 'header', 'section', 'actions'],
      ...['divider', 'section', 'actions'],
      ...['header', 'section'],
    ]);
  });

  it('says the severity before the title, where there is one', () => {
    const text = allText(blocks({ pending: [pending('r1', 'critical'), pending('r2')] }));
    expect(text.match(/^.*created the policy/gm)).toEqual([
      expect.stringMatching(/^\*CRITICAL\* \*dana/),
      expect.stringMatching(/^\*dana/),
    ]);
  });

  it.each([
    [true, 'Waiting for you: 1 or more'],
    [false, 'Waiting for you: 1'],
  ])('is counted as far as it was read: more may wait %s', (pendingMore, title) => {
    const headers = blocks({ pending: [pending('r1')], pendingMore }).map((block) => allText([block]));
    expect(headers).toContain(title);
  });

  it('is not said to be nothing where more may wait', () => {
    expect(allText(blocks({ pendingMore: true }))).not.toContain('Nothing waits');
    expect(allText(blocks({}))).toContain('Nothing waits');
  });
});
