import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DescribedDetails,
  describeDetails,
  describeEarlier,
} from '../../../../bot/app/details/describe-details.ts';
import { detailsView } from '../../../../bot/app/details/details-view.ts';
import type { Finding } from '../../../../workflow/inspection/finding.ts';
import { pack } from '../../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { allText } from '../../../support/block-kit.ts';
import { hostileText } from '../../../support/hostile.ts';
import { SCHEDULE } from '../../../support/message-options.ts';
import { APPROVED, ATTACHMENT, aChange, aRequest, INLINE } from '../../../support/requests.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const NONE = { shown: [], more: 0, orMore: false };

const details = (overrides: Partial<ApprovalRequest> = {}, earlier: Partial<DescribedDetails> = {}) =>
  describeDetails(
    aRequest('one', overrides),
    { samePolicy: NONE, sameRequester: NONE, ...earlier },
    { now: NOW, settings: SCHEDULE },
  );

/** The text of one part, all of its pages. */
function part(name: string, shown: DescribedDetails): string {
  const pages: string[] = [];
  for (let page = 0; ; page++) {
    const view = detailsView(shown, page);
    if (JSON.parse(view.private_metadata ?? '').page !== page) return pages.join('\n');
    const text = allText(view.blocks);
    if (text.includes(`*${name}*`)) pages.push(text);
  }
}

const finding = (grantedBy: string, statement: number): Finding => ({
  restricted: 's3:DeleteBucket',
  grantedBy,
  statement,
  resources: ['*'],
  conditional: false,
});

function policy(document: string, findings: Finding[]): string {
  return part(
    'Policy',
    details({ document: pack(document), inspection: { findings, total: findings.length } }),
  );
}

function marked(document: string, findings: Finding[]): string[] {
  return policy(document, findings)
    .split('\n')
    .filter((line) => /^`*▶ +/.test(line) && line.includes('"'))
    .map((line) => line.replace(/^`*▶ +/, '').replace(/,?`*$/, ''));
}

describe('the overview in the details', () => {
  it.each([
    ['what approving does', '*Approve:* Version v1 is put back in force'],
    ['what denying does', '*Deny:* Version v1 is deleted for good'],
    [
      'what happens while nobody decides',
      '*Nobody decides:* Reminders after 1 h, 3 h, 7 h, 15 h · e-mail to the administrator after 12 h · expires in 1 d',
    ],
    ['the ARN', '`arn:aws:iam::123456789012:policy/my-bad-policy`'],
    ['the account', '`123456789012`'],
    [
      'the restricted action, its pattern and statement',
      'granted by `s3:DeleteBucket` in statement 0 (Sid AllowDelete)',
    ],
  ])('says %s', (_, text) => {
    expect(part('Overview', details())).toContain(text);
  });

  it('gives the account its name and its whole id', () => {
    const settings = { ...SCHEDULE, ACCOUNT_NAMES: ['123456789012=prod'] };
    const shown = describeDetails(
      aRequest('one'),
      { samePolicy: NONE, sameRequester: NONE },
      { now: NOW, settings },
    );
    expect(part('Overview', shown)).toContain('`prod (123456789012)`');
  });

  it('promises no e-mail where there is no administrator', () => {
    const quiet = describeDetails(
      aRequest('one'),
      { samePolicy: NONE, sameRequester: NONE },
      { now: NOW, settings: { ...SCHEDULE, ADMIN_EMAIL: undefined } },
    );
    expect(part('Overview', quiet)).not.toContain('administrator');
  });
});

describe('the policy in the details', () => {
  it('marks what grants, in the statement that grants it and in no other', () => {
    const document =
      '{"Statement":[{"Effect":"Deny","Action":"s3:*"},{"Effect":"Allow","Action":["s3:Get*","s3:*"]}]}';
    expect(marked(document, [finding('s3:*', 1)])).toEqual(['"s3:*"']);
  });

  it('marks only the action where its text stands elsewhere too', () => {
    const document =
      '{"Statement":{"Sid":"*","Action":["*"],"Resource":"*","Condition":{"StringLike":{"Action":"*"}}}}';
    expect(marked(document, [finding('*', 0)])).toEqual(['"*"']);
  });

  it('marks NotAction only where it is the key', () => {
    const document = '{"Statement":{"Sid":"NotAction","NotAction":["iam:*"]}}';
    expect(marked(document, [finding('NotAction: iam:*', 0)])).toEqual(['"NotAction": [']);
  });

  it('marks an action that is written with escapes', () => {
    expect(marked('{"Statement":[{"Action":["\\u0073\\u0033:*"]}]}', [finding('s3:*', 0)])).toEqual([
      '"\\u0073\\u0033:*"',
    ]);
  });

  it.each(['NotAction', 'notaction'])('marks %s', (key) => {
    expect(marked(`{"Statement":[{"${key}":"iam:*"}]}`, [finding('NotAction: iam:*', 0)])).toEqual([
      `"${key}": "iam:*"`,
    ]);
  });

  it('says where the statements stood that come first now', () => {
    const document = '{"Statement":[{"Sid":"A"},{"Sid":"B","Action":"s3:*"},{"Sid":"C"}]}';
    const text = policy(document, [finding('s3:*', 1)]);
    expect(text).toMatch(/"B".*rest of the document.*"A".*… statement 1 stands above\n.*"C"/s);
  });

  it('puts the number and the Sid, on one line, before each statement that comes first now', () => {
    const document = '{"Statement":[{"Sid":"A"},{"Sid":"B","Action":"s3:*"},{"Action":"s3:*"}]}';
    const text = policy(document, [{ ...finding('s3:*', 1), sid: 'B\n}' }, finding('s3:*', 2)]);
    expect(text).toMatch(
      /… statement 1 \(Sid B[^\n]*\}\):\n +\{\n.*… statement 2:\n +\{\n.*rest of the document/s,
    );
    expect(text).toContain('each under its number in the document, from 0');
  });

  it('keeps the order of a document in which nothing is found', () => {
    expect(policy('{"Statement":[{"Sid":"A"},{"Sid":"B"}]}', [])).not.toContain('The order was changed');
  });

  it('shows a document that cannot be shown as JSON as it is', () => {
    expect(policy('no `JSON`\nat all', [])).toContain('no ˋJSONˋ');
  });

  it('says that there is no document when it could not be read', () => {
    const inspection = { findings: [], total: 0, unreadable: 'omitted' };
    expect(part('Policy', details({ document: undefined, inspection }))).toContain('`omitted`');
  });

  it('says that what the ledger holds is damaged', () => {
    const damaged = { ...pack('{}'), sha256: 'ab' };
    expect(part('Policy', details({ document: damaged }))).toContain('does not match its SHA-256 ab');
  });

  it('loses nothing of any document, whatever it holds', () => {
    const bare = (text: string) => text.replace(/[\s`ˋ▶]|&\w+;|[&<>]/g, '');
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[\w:*&<>`]{1,40}$/), { minLength: 1, maxLength: 400 }),
        (actions) => {
          const document = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions }] });
          const shown = bare(policy(document, [finding(actions[0] ?? '', 0)]));
          for (const action of actions) expect(shown).toContain(bare(`"${action}"`));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the difference in the details', () => {
  it.each<[string, Partial<ApprovalRequest>, string]>([
    ['a new policy', {}, 'created new'],
    ['an inline policy', { change: aChange({ eventName: 'PutRolePolicy', target: INLINE }) }, 'no history'],
    [
      'an attachment',
      { change: aChange({ eventName: 'AttachUserPolicy', target: ATTACHMENT }) },
      'attached as a whole',
    ],
    [
      'another version, nothing read',
      { change: aChange({ eventName: 'CreatePolicyVersion' }) },
      'could not be read.',
    ],
    [
      'another version that is gone',
      { change: aChange({ eventName: 'CreatePolicyVersion' }), surroundings: {} },
      'or has been deleted',
    ],
    [
      'no document to compare with',
      { document: undefined, surroundings: { before: { label: 'v1', document: pack('{}') } } },
      'nothing to compare with',
    ],
    [
      'damage',
      { surroundings: { before: { label: 'v1', document: { gzip: pack('{}').gzip, sha256: 'ab' } } } },
      'does not match',
    ],
  ])('says why there is none: %s', (_, overrides, why) => {
    expect(part('Difference', details(overrides))).toContain(why);
  });

  it.each([
    ['the same', '{"Id":"x"}', '{"Id":"x"}', 'byte for byte'],
    ['white space', '{"Id":"x"}', '{ "Id": "x" }', 'Nothing differs but white space'],
  ])('says so when it is %s', (_, before, after, expected) => {
    const surroundings = { before: { label: 'version v1', document: pack(before) } };
    expect(part('Difference', details({ surroundings, document: pack(after) }))).toContain(expected);
  });

  it('shows both sizes of what is too long to compare', () => {
    const long = JSON.stringify({ Statement: Array(2_001).fill('x') });
    const surroundings = { before: { label: 'version v1', document: pack(long) } };
    const text = part('Difference', details({ surroundings }));
    expect(text).toContain('too long to be compared');
    expect(text).toContain(`before 2005 lines, ${long.length} characters`);
  });
});

describe('the event in the details', () => {
  it.each([
    ['was not kept', undefined, 'was not kept'],
    ['is no JSON', pack('no JSON'), 'no JSON'],
  ])('says so when it %s', (_, event, expected) => {
    expect(part('Event', details({ event }))).toContain(expected);
  });
});

describe('the overview in the details', () => {
  const ended = {
    ...({ status: 'closed', decision: APPROVED, outcome: 'approved' } as const),
    outcomeDetail: 'Version v1 is in force again.',
  };

  it('says how a request ended before what quarantine did, which is past', () => {
    const text = part('Overview', details(ended));
    expect(text).toMatch(
      /the grant has been put back.*Version v1 is in force again\..*\*At quarantine:\* Version v1 has been taken out/s,
    );
    expect(text.match(/the grant has been put back/g)).toHaveLength(1);
  });

  it('says what quarantine did as it is while the request waits', () => {
    expect(part('Overview', details())).not.toContain('At quarantine');
  });

  it('says that nothing was touched at the inspection where nothing was', () => {
    const untouched = { status: 'closed', outcome: 'observed', containment: { type: 'none' } } as const;
    const text = part('Overview', details({ ...untouched, closedAt: NOW.toISOString() }));
    expect(text).toContain('*At inspection:* It would have been quarantined.');
  });

  it('says of which time it is what the policy is attached to', () => {
    const text = part('Overview', details({ surroundings: { attachedTo: ['role/deployer'] } }));
    expect(text).toContain('*Attached to, when it was quarantined* (1)\n`role/deployer`');
  });
});

describe('earlier requests in the details', () => {
  it('are said to be unknown when they could not be read', () => {
    const text = part('Overview', details({}, { samePolicy: 'unknown', sameRequester: 'unknown' }));
    expect(text.match(/did not answer in time/g)).toHaveLength(2);
  });

  it('are counted, and said to be more when they may be', () => {
    const past = Array.from({ length: 21 }, (_, index) => aRequest(`r${index}`, { decision: APPROVED }));
    const text = part('Overview', details({}, { samePolicy: describeEarlier(past, 'one', 21) }));
    expect(text).toContain('… and 16 others or more.');
  });
});

describe('the buttons of the details', () => {
  it('lead to a page that there is, whatever page is asked for', () => {
    fc.assert(
      fc.property(fc.integer(), hostileText, (page, text) => {
        const view = detailsView(details({ document: pack(text) }), page);
        expect(allText(view.blocks)).toMatch(/\d+ of \d+ in all/);
      }),
      { numRuns: 50 },
    );
  });
});
