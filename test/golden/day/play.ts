import type { HandlerFactory } from '../../../infra/functions/functions.ts';
import type {
  SandboxState,
  SlackMessageState,
  SlackReply,
  ViewState,
} from '../../../infra/sandbox/api/contract.ts';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { GENEROUS_HANDLERS } from '../../support/generous.ts';
import { type GuardedSandbox, startGuardedSandbox } from '../../support/guarded-sandbox.ts';
import { createNormaliser } from './normalise.ts';

type Handlers = Partial<Record<FunctionName, HandlerFactory>>;

/** What a play is told with: the sandbox, and what writes down what is to be seen. */
export interface Stage extends GuardedSandbox {
  /** Waits until the guard rests, then writes down what is new since the last moment. */
  moment(title: string): Promise<void>;
  /** Writes down what Slack answers one person. */
  reply(title: string, reply: SlackReply | Promise<SlackReply>): Promise<SlackReply>;
  /** Fetches a page and writes down its status and text. @returns the text */
  page(title: string, url: string, init?: RequestInit): Promise<string>;
}

export interface Play {
  environment?: Record<string, string>;
  handlers?: Handlers;
  tell(stage: Stage): Promise<void>;
}

/** Plays in a sandbox of its own. @returns JSON text: all that was to be seen, in order */
export async function perform({ environment = {}, handlers = {}, tell }: Play): Promise<string> {
  const work = countWork({ ...GENEROUS_HANDLERS, ...handlers });
  const guard = await startGuardedSandbox(environment, work.handlers);
  const seen: object[] = [];
  try {
    await tell(setStage(guard, seen, () => rest(guard, work.running)));
    if (guard.failures.length > 0 && Object.keys(handlers).length === 0) throw guard.failures[0];
  } finally {
    await guard.stop();
  }
  return `${createNormaliser()(JSON.stringify(seen, null, 2))}\n`;
}

function setStage(guard: GuardedSandbox, seen: object[], resting: () => Promise<SandboxState>): Stage {
  let before = new Set<string>();
  return {
    ...guard,
    async moment(title) {
      const shown = allShown(await resting());
      seen.push({
        moment: title,
        shown: shown.filter((each) => !before.has(JSON.stringify(each))).map(({ what }) => what),
      });
      before = new Set(shown.map((each) => JSON.stringify(each)));
    },
    async reply(title, promised) {
      const reply = await promised;
      const { ok, status, warning, ephemeral, view, errors } = reply;
      seen.push({ reply: title, ok, status, warning, ephemeral, view: view?.view ?? null, errors });
      return reply;
    },
    async page(title, url, init) {
      const response = await fetch(url, { redirect: 'manual', ...init });
      const text = await response.text();
      seen.push({
        page: title,
        status: response.status,
        location: response.headers.get('location'),
        text: text.split('\n'),
      });
      return text;
    },
  };
}

/** Everything that anybody can see; messages stand by channel, since two channels have no order between them. */
function allShown({ slack, emails }: SandboxState): { key: string; what: object }[] {
  const byPlace = (one: SlackMessageState, other: SlackMessageState) =>
    whose(one, slack).localeCompare(whose(other, slack)) || one.ts.localeCompare(other.ts);
  return [
    ...slack.messages.toSorted(byPlace).map((message) => ({
      key: message.ts,
      what: { message: { ...message, channel: whose(message, slack) } },
    })),
    ...slack.homes.map(({ id, user, view }: ViewState) => ({ key: id, what: { home: user, view } })),
    ...emails.map(({ to, subject, text, links, sentAt }, index) => ({
      key: `${index} ${sentAt}`,
      what: { email: { to, subject, text: text.split('\n'), links } },
    })),
  ];
}

/** The security channel by its id, the direct messages of a person by that person's. */
function whose({ channel }: SlackMessageState, { directMessages }: SandboxState['slack']): string {
  const person = Object.entries(directMessages).find(([, id]) => id === channel)?.[0];
  return person === undefined ? channel : `direct messages of ${person}`;
}

/** Handlers that count how many of them are running. */
function countWork(factories: Handlers) {
  let count = 0;
  const counted = (factory: HandlerFactory): HandlerFactory => {
    return (environment, aws) => {
      const handler = factory(environment, aws);
      return async (event, context) => {
        count += 1;
        try {
          return await handler(event, context);
        } finally {
          count -= 1;
        }
      };
    };
  };
  const handlers = Object.fromEntries(
    Object.entries(factories).map(([name, factory]) => [name, counted(factory)]),
  );
  return { handlers, running: () => count };
}

/** So often in a row nothing must run: between two states of an execution there are moments without any function. */
const LOOKS = 6;
const LOOK_AGAIN_MS = 30;

/** Waits until no function runs and no execution is on its way. */
async function rest(guard: GuardedSandbox, running: () => number): Promise<SandboxState> {
  for (let quiet = 0; ; ) {
    const state = await guard.state();
    const waits = state.executions.every(
      ({ status, currentState }) =>
        status !== 'RUNNING' || /^(RequestApproval|Remind)$/.test(currentState ?? ''),
    );
    quiet = waits && running() === 0 ? quiet + 1 : 0;
    if (quiet === LOOKS) return state;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
