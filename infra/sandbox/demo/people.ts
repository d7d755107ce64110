import type { PersonState, RequestState, SlackReply } from '../api/contract.ts';
import { fillIn } from './fill-in.ts';
import { type lookFromOutside, must } from './outside.ts';

type Outside = ReturnType<typeof lookFromOutside>;

/** What people in Slack do about a request. The first two of the sandbox may approve everything. */
export function peopleInSlack(outside: Outside, tell: (lines: string) => void) {
  async function person(index: 0 | 1): Promise<PersonState> {
    const { people } = await outside.state();
    return people[index] as PersonState;
  }

  async function send(path: string, told: string, body: object): Promise<SlackReply> {
    const reply = (await outside.post(path, body)) as unknown as SlackReply;
    must(reply.warning === null, `${told} works in Slack (${reply.warning})`);
    return reply;
  }

  return {
    async approve({ slack }: RequestState, index: 0 | 1 = 0): Promise<void> {
      const { id: user, name } = await person(index);
      tell(`\n${name} clicks Approve.`);
      await send('/api/slack/actions', 'Approve', { user, ...slack, action_id: 'approve' });
    },

    async deny({ slack }: RequestState, reason: string): Promise<void> {
      const { id: user, name } = await person(0);
      tell(`\n${name} clicks Deny, and is asked why.`);
      const { view } = await send('/api/slack/actions', 'Deny', { user, ...slack, action_id: 'deny' });
      if (view === null) return must(false, 'Deny opens a modal');
      tell(`${name} writes: ${reason}`);
      const values = fillIn(view.view, reason);
      const { errors } = await send('/api/slack/views', 'the modal', { user, view_id: view.id, values });
      must(errors === null, 'the reason is taken');
    },
  };
}
