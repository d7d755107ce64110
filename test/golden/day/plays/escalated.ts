import { asked, create } from '../changes.ts';
import type { Play, Stage } from '../play.ts';

/** What the state machine does not try again: the tries of another error take a minute. */
class NotTriedAgainError extends Error {
  override name = 'PolicyGuard.UnknownChange';
}

const failing = () => async () => {
  throw new NotTriedAgainError('IAM does not answer.');
};

const failed = (stage: Stage) =>
  stage.until('a failed execution', ({ executions }) => executions.find(({ status }) => status === 'FAILED'));

/** Quarantine fails: told in Slack, and by e-mail where Slack is down. */
export const escalated: Play = {
  handlers: { contain: failing },
  async tell(stage) {
    await create(stage, 'clean-up');
    await failed(stage);
    await stage.moment('told in Slack');
    await stage.post('/api/faults', { slack: 'down' });
    const before = (await stage.state()).executions.length;
    await create(stage, 'empty-buckets');
    await stage.until('another failed execution', ({ executions }) =>
      executions.length > before && executions[0]?.status === 'FAILED' ? true : undefined,
    );
    await stage.moment('told by e-mail');
  },
};

/** A change whose event does not tell what it changed. */
export const unknownChange: Play = {
  async tell(stage) {
    const request = await asked(stage, 'clean-up');
    const event = JSON.parse(stage.sandbox.inputText(request.executionArn));
    const { requestParameters: _, ...detail } = event.detail;
    const eventID = '00000000-0000-4000-8000-00000000abcd';
    stage.sandbox.redeliver({
      ...event,
      detail: { ...detail, eventName: 'CreatePolicyVersion', eventID, requestParameters: null },
    });
    await failed(stage);
    await stage.moment('a change that nobody can read');
  },
};
