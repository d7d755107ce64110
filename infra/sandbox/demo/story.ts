import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import type { RequestState, SlackMessageState } from '../api/contract.ts';
import { BAD_POLICY } from '../greeting.ts';
import type { Sandbox } from '../sandbox.ts';
import { messageText } from './message-text.ts';
import { lookFromOutside, must, requestFor, versionsOf } from './outside.ts';
import { peopleInSlack } from './people.ts';

/** Who makes the changes: one who is known in Slack, and one who is not. */
const WHO = {
  developer: 'The IAM user developer',
  deployer: 'A session of the role deployer',
} as const;

const REASON = 'Deleting buckets is for the storage team.';

interface Story {
  approved(): Promise<void>;
  denied(): Promise<void>;
  byTwo(): Promise<void>;
  byEmail(): Promise<void>;
}

/**
 * The ways a restricted change can go, each step shown and checked.
 *
 * @param tell takes one line, or several
 * @throws NotAsToldError from every chapter
 */
export function createStory(sandbox: Sandbox, tell: (lines: string) => void): Story {
  const outside = lookFromOutside(sandbox);
  const people = peopleInSlack(outside, tell);

  async function showPolicy(arn: string): Promise<{ inForce: string; document: string }> {
    const policy = await outside.policy(arn);
    const what = policy.document === PLACEHOLDER ? 'the placeholder, which grants nothing' : 'the original';
    const versions = versionsOf(arn, await outside.state()).map(({ versionId }) => versionId);
    tell(`  IAM says: ${policy.inForce} is in force (${what}); versions: ${versions.join(', ')}`);
    return policy;
  }

  /** Creates the bad policy and waits until it is quarantined and asked about. */
  async function held(
    name: string,
    asked: (request: RequestState) => boolean,
    caller: keyof typeof WHO = 'developer',
  ) {
    const { Policy } = await outside.post('/api/changes', {
      caller,
      operation: 'CreatePolicy',
      parameters: { PolicyName: name, PolicyDocument: BAD_POLICY },
    });
    const { Arn: arn } = Policy as { Arn: string };
    tell(`${WHO[caller]} creates the policy ${name}, which grants s3:DeleteBucket and s3:DeleteObject.`);
    must(
      (await showPolicy(arn)).document === BAD_POLICY,
      'the new policy is in force until CloudTrail reports it',
    );
    const request = await outside.until(`a request about ${name}`, (state) => {
      const found = requestFor(arn, state);
      return found !== undefined && asked(found) ? found : undefined;
    });
    tell('\nCloudTrail has reported it, and it is quarantined.');
    must((await showPolicy(arn)).document === PLACEHOLDER, 'the placeholder is in force');
    const original = versionsOf(arn, await outside.state()).find(({ versionId }) => versionId === 'v1');
    must(original?.document === BAD_POLICY, 'v1 is still there, byte for byte');
    return { arn, request };
  }

  async function showMessage({ slack }: RequestState): Promise<SlackMessageState> {
    const message = await outside.until('a message in the channel', ({ slack: { messages } }) =>
      messages.find(({ ts }) => ts === slack?.ts),
    );
    tell(messageText(message));
    return message;
  }

  async function ended(arn: string, outcome: string): Promise<RequestState> {
    const request = await outside.until(`the request ends as ${outcome}`, (state) => {
      const found = requestFor(arn, state);
      return found?.outcome === outcome ? found : undefined;
    });
    tell(`It has ended as ${outcome}: ${request.outcomeDetail}`);
    return request;
  }

  async function askedInSlack(name: string, caller?: keyof typeof WHO) {
    const { arn, request } = await held(name, ({ slack }) => slack !== undefined, caller);
    tell('\nIn the security channel stands:\n');
    const asked = await showMessage(request);
    must(
      asked.blocks.some(({ type }) => type === 'actions'),
      'the message has buttons',
    );
    return { arn, request };
  }

  async function toldInSlack(arn: string, request: RequestState, outcome: string): Promise<void> {
    await ended(arn, outcome);
    tell('\nThe same message now says:\n');
    const told = await showMessage(request);
    must(!JSON.stringify(told.blocks).includes('"approve"'), 'the buttons are gone');
  }

  async function restored(arn: string): Promise<void> {
    const policy = await showPolicy(arn);
    must(policy.inForce === 'v1' && policy.document === BAD_POLICY, 'v1 is in force again, byte for byte');
    must(versionsOf(arn, await outside.state()).length === 1, 'the placeholder version is gone');
  }

  return {
    async approved() {
      tell('── 1. Approved ─────────────────────────────────────────────\n');
      const { arn, request } = await askedInSlack('demo-approved');
      await people.approve(request);
      await toldInSlack(arn, request, 'approved');
      await restored(arn);
    },

    async denied() {
      tell('\n── 2. Denied ───────────────────────────────────────────────\n');
      const { arn, request } = await askedInSlack('demo-denied');
      await people.deny(request, REASON);
      await toldInSlack(arn, request, 'denied');
      must((await showPolicy(arn)).document === PLACEHOLDER, 'the placeholder stays in force');
      const versions = versionsOf(arn, await outside.state());
      must(!versions.some(({ versionId }) => versionId === 'v1'), 'v1 is deleted for good');
    },

    async byTwo() {
      tell('\n── 3. Nobody knows who it was: two have to approve ─────────\n');
      const { arn, request } = await askedInSlack('demo-by-two', 'deployer');
      must(request.approvalsNeeded === 2, 'a requester who is not known in Slack needs two approvers');
      await people.approve(request, 0);
      const { outcome } = await outside.until('one of two has approved', (state) => {
        const found = requestFor(arn, state);
        return found?.votes.length === 1 ? found : undefined;
      });
      must(outcome === null, 'one approval is not enough');
      must((await showPolicy(arn)).document === PLACEHOLDER, 'the placeholder is still in force');
      await people.approve(request, 1);
      await toldInSlack(arn, request, 'approved');
      await restored(arn);
    },

    async byEmail() {
      tell('\n── 4. By e-mail, with Slack down ───────────────────────────\n');
      await outside.post('/api/faults', { slack: 'down' });
      const { arn, request } = await held('demo-by-email', ({ emailedAt }) => emailedAt !== undefined);
      const email = await outside.until('an e-mail', ({ emails }) =>
        emails.find(({ links }) => links.some((link) => link.includes(request.id))),
      );
      tell(`\nSlack is down, so an e-mail goes to ${email.to}: ${email.subject}\n`);
      tell(email.text.replace(/(signature=)\w+/g, '$1…').replace(/^/gm, '  │ '));
      const link = email.links.find((each) => each.includes('decision=approve')) ?? '';
      const shown = await (await fetch(link)).text();
      must(shown.includes('<form method="post"'), 'the link shows a page with a button');
      must((await outside.policy(arn)).document === PLACEHOLDER, 'opening the link changes nothing');
      tell('\nOpening the approve link shows the request and a button; nothing has changed yet.');
      await showPolicy(arn);
      tell('\nThe button on the page is pressed.');
      const posted = await fetch(link, { method: 'POST' });
      must(posted.ok, 'the button decides');
      await ended(arn, 'approved');
      must((await showPolicy(arn)).document === BAD_POLICY, 'v1 is in force again, byte for byte');
      const again = await (await fetch(link)).text();
      must(/approved/i.test(again) && !again.includes('<form'), 'afterwards the link says what was decided');
      await outside.post('/api/faults', { slack: 'up' });
    },
  };
}
