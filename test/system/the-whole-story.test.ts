import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CreatePolicyVersionCommand, SetDefaultPolicyVersionCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionLinkUrl } from '../../bot/media/email/decision-link.ts';
import type { Story } from '../../infra/cli/audit/read-stories.ts';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { TABLE_NAME } from '../../infra/sandbox/deploy.ts';
import { allText } from '../support/block-kit.ts';
import {
  ADA,
  DANA,
  DEVON,
  ELSEWHERE,
  GRACE,
  GUEST,
  type GuardedSandbox,
  granting,
  HARMLESS,
  startGuardedSandbox,
} from '../support/guarded-sandbox.ts';

const run = promisify(execFile);

let guard: GuardedSandbox;
const played: Record<string, RequestState> = {};
beforeAll(async () => {
  guard = await startGuardedSandbox({
    RESTRICTED_ACTIONS: 's3:DeleteBucket,s3:DeleteObject mode=observe',
    SWEEP_SETTLE_SECONDS: '1',
  });
  await guard.sandbox.sweep();
  await approvedAfterRefusals();
  await deniedAndClickedLate();
  await decidedByEmail();
  await superseded();
  await observed();
  await askedAboutAndPutBack();
  await approvedByTwo();
  await foundByTheSweep();
  await guard.click(played.denied as RequestState, 'approve', ELSEWHERE);
});
afterAll(() => guard.stop());

/** Dana's change: she, a guest and somebody who is no approver are refused, then Ada approves. */
async function approvedAfterRefusals() {
  const request = await heldAndTold();
  for (const person of [GUEST, DANA, DEVON]) await guard.click(request, 'approve', person);
  await guard.click(request, 'approve', ADA);
  played.approved = await guard.ended(request.id);
}

const audited = (id: string, wanted: string) =>
  guard.until(wanted, ({ audit }) =>
    audit.find(({ requestId, event }) => requestId === id && event === wanted),
  );

/** A request whose requester has been told, so that what follows comes after that. */
async function heldAndTold(given: { document?: string } = {}) {
  const request = await guard.held({ ...given, caller: 'dana' });
  await audited(request.id, 'requester.told');
  return request;
}

async function deniedAndClickedLate() {
  const request = await heldAndTold({ document: granting('s3:DeleteBucket') });
  await guard.deny(request, GRACE, 'Not on a Friday.');
  played.denied = await guard.ended(request.id);
  await guard.click(request, 'approve', ADA);
}

/** A genuine link of another request, grown old, first. */
async function decidedByEmail() {
  await guard.post('/api/faults', { slack: 'down' });
  const arn = await guard.create({ document: granting('s3:DeleteBucket*') });
  const asked = await guard.until('a request by e-mail', ({ requests }) =>
    requests.find(({ policyArn, emailedAt }) => policyArn === arn && emailedAt !== undefined),
  );
  await audited(asked.id, 'requester.not-told');
  expect((await fetch(await expiredLink(asked.id), { method: 'POST' })).status).toBe(410);
  const link = await guard.until('a link', ({ emails }) =>
    emails.flatMap(({ links }) => links).find((each) => each.includes(asked.id) && each.includes('=approve')),
  );
  await fetch(link, { method: 'POST' });
  played.mailed = await guard.ended(asked.id);
  await guard.post('/api/faults', { slack: 'up' });
}

async function expiredLink(requestId: string): Promise<string> {
  const { aws: endpoint, callers, page } = guard.sandbox;
  const [{ credentials } = { credentials: undefined }] = callers;
  const client = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials });
  const { SecretString = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: 'policy-guard/links' }),
  );
  const { linkSigningKey } = JSON.parse(SecretString) as { linkSigningKey: string };
  const past = { requestId, decision: 'approve', expires: 1_000_000_000, sent: 999_999_000 } as const;
  return decisionLinkUrl(page, past, linkSigningKey);
}

async function superseded() {
  const request = await heldAndTold({ document: granting('s3:DeleteBucke?') });
  const harmless = { PolicyArn: request.policyArn ?? '', PolicyDocument: HARMLESS, SetAsDefault: true };
  await guard.iam.send(new CreatePolicyVersionCommand(harmless));
  await guard.click(request, 'approve', ADA);
  played.superseded = await guard.ended(request.id);
}

async function observed() {
  const arn = await guard.create({ caller: 'dana', document: granting('s3:DeleteObject') });
  played.observed = await guard.until('an observed change', ({ requests }) =>
    requests.find(({ policyArn, outcome, slack }) => policyArn === arn && outcome === 'observed' && slack),
  );
  await guard.settled();
}

/** Ada asks, Dana answers, and puts it back, which is taken out again. */
async function askedAboutAndPutBack() {
  const request = await heldAndTold({ document: granting('s3:DeleteB*') });
  await guard.submit(await guard.click(request, 'ask', ADA), 'What is it for?', ADA);
  const question = await guard.until('a question', ({ slack: { messages, directMessages } }) =>
    messages.find(({ channel, text }) => channel === directMessages[DANA] && text.includes('question')),
  );
  await guard.write(question, 'For the cleanup.', DANA);
  const again = { PolicyArn: request.policyArn ?? '', VersionId: 'v1' };
  await guard.iamAs('dana').send(new SetDefaultPolicyVersionCommand(again));
  await audited(request.id, 'change.covered');
  await guard.deny(request, GRACE, 'Not like this.');
  played.putBack = await guard.ended(request.id);
}

/** Nobody knows in Slack who the role is. */
async function approvedByTwo() {
  const request = await guard.held({ caller: 'deployer', document: granting('s3:DeleteBu*') });
  await guard.click(request, 'approve', ADA);
  await audited(request.id, 'vote.told');
  await guard.click(request, 'approve', GRACE);
  played.twice = await guard.ended(request.id);
}

async function foundByTheSweep() {
  await guard.post('/api/faults', { events: 'down' });
  const arn = await guard.create({ caller: 'dana', document: granting('s3:DeleteBuc*') });
  await guard.sandbox.sweep();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await guard.sandbox.sweep();
  const request = await guard.asked(({ policyArn }) => policyArn === arn);
  await audited(request.id, 'requester.told');
  await guard.click(request, 'approve', ADA);
  played.found = await guard.ended(request.id);
  await guard.post('/api/faults', { events: 'up' });
  await guard.settled();
}

async function audit(...args: string[]): Promise<string> {
  const [{ credentials } = { credentials: undefined }] = guard.sandbox.callers;
  const env = {
    ...process.env,
    ...{ AWS_ENDPOINT_URL: guard.sandbox.aws, AWS_ACCESS_KEY_ID: credentials?.accessKeyId },
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
  };
  const place = ['--table', TABLE_NAME, '--region', 'us-east-1'];
  return (await run(process.execPath, ['infra/cli/audit/main.ts', ...place, ...args], { env })).stdout;
}

/** What is the same each day: without times and ids, and without the address and program of the caller. */
const sameEachDay = (text: string) =>
  text
    .replace(/\d{4}-\d{2}-\d{2}[T ][\d:.]+(?:Z| UTC)/g, 'TIME')
    .replace(/\bpg-[a-z0-9]{10}\b/g, 'ID')
    .replace(/ Identity: .*/, '');

const MADE = (who: string, name: string) =>
  `change.made ${who} created the policy ${name} (CreatePolicy, ${name}, version v1, account 123456789012).`;
const BY_DANA = 'dana@example.com (Identity Center, permission set AdministratorAccess)';
const HELD = [
  'change.quarantined Version v1 has been taken out of force and is kept. In force instead: v2, a placeholder that grants nothing.',
  'request.recorded v2, a placeholder that grants nothing, is in force instead of v1, which is kept.',
];
const ASKED = ['request.asked In Slack.', 'requester.told Of the quarantine, in Slack.'];
const RESTORED = 'v1 is in force again, exactly as reviewed; the placeholder version v2 is gone.';
const MAILED =
  'someone with the e-mail link (email “Policy Guard: decide about policy-3” of TIME to security@example.com, from 127.0.0.1): approved';
const SLACK_DOWN = 'requester.not-told Slack did not take chat.postMessage: HTTP 503 (unreachable).';
const STAYS = 'v3 has been put in force meanwhile; it stays, and v1 was not put back.';
const OUT_AGAIN = 'v2 is in force instead of v1, which is kept.';
const LEFT_ALONE = 'It grants s3:DeleteObject. It would have been quarantined, but is only observed.';

/** Whichever Slack takes first. */
const BOTH_AT_ONCE = [
  'question.told In Slack, to the requester.',
  'remark.told The question, in Slack, in the thread.',
];
const sorted = (lines: readonly string[]) =>
  lines.toSorted((one, other) =>
    BOTH_AT_ONCE.includes(one) && BOTH_AT_ONCE.includes(other) ? one.localeCompare(other) : 0,
  );

const STORIES: Readonly<Record<string, readonly string[]>> = {
  approved: [
    MADE(BY_DANA, 'policy'),
    'change.found s3:DeleteBucket, granted by s3:DeleteBucket in statement 1 (Sid CleanUpBuckets) on arn:aws:s3:::*, arn:aws:s3:::*/*.',
    'change.found s3:DeleteObject, granted by s3:DeleteObject in statement 1 (Sid CleanUpBuckets) on arn:aws:s3:::*, arn:aws:s3:::*/*.',
    ...[...HELD, ...ASKED],
    'decision.refused approved: guest: Guests of the workspace may not decide.',
    'decision.refused approved: requester: You made this change, and nobody decides on their own change.',
    'decision.refused approved: not-an-approver: You are not on the list of approvers.',
    'decision.approved Ada Lovelace (slack): approved',
    'decision.delivered The state machine took it: approved.',
    `request.closed approved: ${RESTORED}`,
    `outcome.announced approved, told in Slack: ${RESTORED}`,
    'requester.told Of the outcome, in Slack.',
  ],
  denied: [
    MADE(BY_DANA, 'policy-2'),
    'change.found s3:DeleteBucket, granted by s3:DeleteBucket in statement 0 on *.',
    ...[...HELD, ...ASKED],
    'decision.denied Grace Hopper (slack): denied',
    'decision.reason Grace Hopper: Not on a Friday.',
    'decision.delivered The state machine took it: denied.',
    'request.closed denied: v1 is deleted for good; v2 is in force.',
    'outcome.announced denied, told in Slack: v1 is deleted for good; v2 is in force.',
    'requester.told Of the outcome, in Slack.',
    'decision.refused Ada Lovelace (slack): approved; it was denied by Grace Hopper at TIME',
  ],
  mailed: [
    MADE('developer (IAM user)', 'policy-3'),
    'change.found s3:DeleteBucket, granted by s3:DeleteBucket* in statement 0 on *.',
    ...HELD,
    'request.asked By e-mail, because Slack did not take it.',
    SLACK_DOWN,
    'link.refused POST with a link that is expired; from 127.0.0.1',
    `decision.approved ${MAILED}`,
    'decision.delivered The state machine took it: approved.',
    `request.closed approved: ${RESTORED}`,
    `outcome.announced approved, told by e-mail: ${RESTORED}`,
    SLACK_DOWN,
  ],
  superseded: [
    MADE(BY_DANA, 'policy-4'),
    'change.found s3:DeleteBucket, granted by s3:DeleteBucke? in statement 0 on *.',
    ...[...HELD, ...ASKED],
    'decision.approved Ada Lovelace (slack): approved',
    'decision.delivered The state machine took it: approved.',
    `request.closed superseded: ${STAYS}`,
    `outcome.announced superseded, told in Slack: ${STAYS}`,
    'requester.told Of the outcome, in Slack.',
  ],
  observed: [
    MADE(BY_DANA, 'policy-5'),
    'change.found s3:DeleteObject, granted by s3:DeleteObject in statement 0 on *.',
    `request.closed observed: ${LEFT_ALONE}`,
    `change.observed ${LEFT_ALONE} Told in Slack.`,
  ],
  putBack: [
    MADE(BY_DANA, 'policy-6'),
    'change.found s3:DeleteBucket, granted by s3:DeleteB* in statement 0 on *.',
    ...[...HELD, ...ASKED],
    'question.asked What is it for?',
    ...BOTH_AT_ONCE,
    'question.answered For the cleanup.',
    'remark.told The answer, in Slack, in the thread.',
    `change.covered ID: ${BY_DANA} put another version in force of the policy policy-6 (SetDefaultPolicyVersion, policy-6, version v1). ${OUT_AGAIN} Told in Slack, in the thread.`,
    'decision.denied Grace Hopper (slack): denied',
    'decision.reason Grace Hopper: Not like this.',
    'decision.delivered The state machine took it: denied.',
    'request.closed denied: v1 is deleted for good; v2 is in force.',
    'outcome.announced denied, told in Slack: v1 is deleted for good; v2 is in force.',
    'requester.told Of the outcome, in Slack.',
  ],
  twice: [
    MADE('ci-build-42 (role deployer)', 'policy-7'),
    'change.found s3:DeleteBucket, granted by s3:DeleteBu* in statement 0 on *.',
    ...HELD,
    'request.asked In Slack.',
    'vote.approved Ada Lovelace (slack): approved; 1 of 2',
    'vote.told In Slack, in the thread.',
    'decision.approved Grace Hopper (slack): approved',
    'decision.delivered The state machine took it: approved.',
    `request.closed approved: ${RESTORED}`,
    `outcome.announced approved, told in Slack: ${RESTORED}`,
  ],
  found: [
    MADE(BY_DANA, 'policy-8'),
    'change.found s3:DeleteBucket, granted by s3:DeleteBuc* in statement 0 on *.',
    'sweep.found The sweep found it in force; no event had told of it.',
    ...[...HELD, ...ASKED],
    'decision.approved Ada Lovelace (slack): approved',
    'decision.delivered The state machine took it: approved.',
    `request.closed approved: ${RESTORED}`,
    `outcome.announced approved, told in Slack: ${RESTORED}`,
    'requester.told Of the outcome, in Slack.',
  ],
};

const parsed = (output: string): Story[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Story);

/** What somebody sees of all pages of `/policy-guard show`. */
async function shownInSlack(id: string): Promise<string> {
  let told = '';
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { ephemeral } = await guard.command(`show ${id} page ${page}`);
    const text = allText(ephemeral[0]?.blocks);
    pages = Number(/Page \d+ of (\d+)/.exec(text)?.[1] ?? 1);
    told += `${text}\n`;
  }
  return told;
}

describe.each(Object.entries(STORIES))('the request that was %s', (name, expected) => {
  it('is told line by line by npm run audit', async () => {
    const { id } = played[name] as RequestState;
    const [story] = parsed(await audit('--request', id, '--json'));
    const told = story?.story.map(({ event, detail }) => sameEachDay(`${event} ${detail}`)) ?? [];
    expect(sorted(told)).toEqual(expected);
    const [title, ...lines] = (await audit('--request', id)).trim().split('\n');
    expect(title).toBe(`Request ${id}: ${story?.outcome}`);
    expect(lines).toHaveLength(expected.length);
    for (const [index, { at, event, detail }] of story?.story.entries() ?? []) {
      expect(lines[index]).toContain(`  ${at}  ${event}  ${detail}`);
    }
  });

  it('is told by /policy-guard show, in the same order', async () => {
    const { id } = played[name] as RequestState;
    const [story] = parsed(await audit('--request', id, '--json'));
    const text = await shownInSlack(id);
    const lines = (story?.story ?? []).map(({ at, event }) => `\`${at}\` *${event}*`);
    const shown = text.match(/`[\dT:.-]+Z` \*[a-z.-]+\*/g);
    expect(shown).toEqual(lines);
  });

  it('has the ids of AWS, and those of Slack for every click and message', async () => {
    const { id, executionArn, change, slack } = played[name] as RequestState;
    const [story] = parsed(await audit('--request', id, '--json'));
    expect(story).toMatchObject({ requestId: id, executionArn, eventId: change.eventId });
    expect(story?.story[0]).toMatchObject({ executionArn, eventId: change.eventId });
    for (const line of story?.story ?? []) {
      if (/^(?:approved|[A-Z]\w+ \w+ \(slack\)):/.test(line.detail) && line.event.startsWith('decision.'))
        expect(line.slackUserId).toMatch(/^U0/);
      if (/in Slack\b/i.test(line.detail) && line.event !== 'decision.approved')
        expect(line.slackTs, line.event).toMatch(/^\d+\.\d+$/);
      if (/^(?:request.asked|change.observed)$/.test(line.event) && /in Slack/.test(line.detail))
        expect(line.slackTs).toBe(slack?.ts);
    }
  });
});

describe('a change that another request covers', () => {
  const ownId = async () => {
    const [story] = parsed(await audit('--request', played.putBack?.id ?? '', '--json'));
    const covered = story?.story.find(({ event }) => event === 'change.covered');
    return { ...covered, id: covered?.detail.split(':')[0] ?? '' };
  };

  it('has its own event, execution and message in the story of that request', async () => {
    const { eventId, executionArn, slackTs } = await ownId();
    const { slack } = await guard.state();
    expect(slack.messages.find(({ ts }) => ts === slackTs)?.text).toContain('once more');
    expect(guard.sandbox.inputText(executionArn ?? '')).toContain(eventId);
    expect(eventId).not.toBe(played.putBack?.change.eventId);
  });

  it('is known by its own id to npm run audit and to /policy-guard show', async () => {
    const { id, eventId } = await ownId();
    const told = `SetDefaultPolicyVersion by ${BY_DANA}, which request ${played.putBack?.id} covers. ${OUT_AGAIN}`;
    expect(await audit('--request', id)).toContain(told);
    const shown = await shownInSlack(id);
    expect(shown).toContain(told);
    expect(shown).toContain(eventId);
  });
});

it('has a line for every message and e-mail of the day, by which it is found', async () => {
  const lines = parsed(await audit('--since', '1h', '--json')).flatMap(({ story }) => story);
  const { slack, emails } = await guard.state();
  const messages = slack.messages.filter(({ ephemeralFor }) => ephemeralFor === null);
  expect(messages.length).toBeGreaterThan(20);
  const told = messages.map(({ channel, ts }) => ({ slackChannel: channel, slackTs: ts }));
  expect(lines).toEqual(expect.arrayContaining(told.map((ids) => expect.objectContaining(ids))));
  expect(emails.length).toBeGreaterThan(1);
  const mailed = emails.map(({ messageId, to }) => ({ emailId: messageId, emailTo: to }));
  expect(lines).toEqual(expect.arrayContaining(mailed.map((ids) => expect.objectContaining(ids))));
});

describe('npm run audit', () => {
  it('--since tells every request of the day, in the order of their beginning, and last what concerns none', async () => {
    const stories = parsed(await audit('--since', '1h', '--json'));
    const asked = Object.values(played).map(({ id }) => id);
    const others = stories.filter(({ requestId = '' }) => !asked.includes(requestId));
    expect(stories.filter((story) => !others.includes(story)).map(({ requestId }) => requestId)).toEqual(
      asked,
    );
    expect(others.map(({ story }) => story[0]?.event)).toEqual(['request.duplicate', 'workspace.refused']);
    expect(stories.at(-1)?.story).toMatchObject([{ event: 'workspace.refused', slackUserId: ELSEWHERE }]);
    expect(await audit('--since', '2999-01-01')).toBe('');
  });

  it.each([
    [['--since', 'yesterday'], 'Write 24h, 7d'],
    [[], 'Give either --since or --request.'],
    [['--request', 'pg-none'], 'There is no request "pg-none"'],
    [['--since', '1h', '--table', 'none'], 'Check --table, --region and the credentials.'],
  ])('%j says what to do', async (args, told) => {
    await expect(audit(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(told) });
  });

  it('--help says what it needs', async () => {
    expect(await audit('--help')).toContain('dynamodb:Query');
  });
});
