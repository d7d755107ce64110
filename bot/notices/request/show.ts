import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { Log } from '../../../workflow/runtime/logger.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { isOwn, type SlackApi } from '../../media/slack/api/slack-api.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { decidedMessage, outcomeMessage } from '../outcome/message.ts';
import { type RequestMessageOptions, requestMessage } from './message.ts';

/** What the message of a request says beside the request: the time, and the settings. */
interface MessageDeps {
  now: () => Date;
  settings: Pick<Settings, 'APPROVERS' | 'NOTIFY' | 'MENTION_FROM' | 'ACCOUNT_NAMES' | 'BREAK_GLASS'>;
}

interface ShowDeps extends MessageDeps {
  ledger: Pick<Ledger, 'read'>;
  slack: Pick<SlackApi, 'update'>;
  log: Log;
}

export function messageOptions({ now, settings }: MessageDeps): RequestMessageOptions {
  return {
    now: now(),
    breakGlass: settings.BREAK_GLASS,
    approvers: settings.APPROVERS,
    notify: settings.NOTIFY,
    mentionFrom: settings.MENTION_FROM,
    accountNames: settings.ACCOUNT_NAMES,
  };
}

/** The message of a request that waits, as it is to be read right now. */
export function requestPost(deps: MessageDeps, request: ApprovalRequest): Message {
  return requestMessage(describeRequest(request), messageOptions(deps));
}

/**
 * Writes the message of a request that waits anew, so that what it says of time is true. Best effort. Reads the
 * request once more, because a decision that was just made has taken the buttons away.
 */
export async function refreshRequest(deps: ShowDeps, requestId: string): Promise<void> {
  await bestEffort(
    deps.log.warn,
    'The message of a request could not be brought up to date.',
    { requestId },
    async () => {
      const request = await deps.ledger.read(requestId);
      if (request?.status !== 'pending' || request.slack === undefined || !isOwn(request.slack)) return;
      await deps.slack.update(request.slack, requestPost(deps, request));
    },
  );
}

/** A vote, the decision and the outcome may each come in between; each costs a round. */
const ROUNDS = 4;

/**
 * Shows a request in its message as the ledger has it, and looks again afterwards: of two votes at once, the update
 * of the first may arrive last and would show a list without the second. Only a courtesy, so it never throws.
 */
export async function showRequest(deps: ShowDeps, request: ApprovalRequest): Promise<void> {
  await bestEffort(
    deps.log.warn,
    'A message does not show its request as it is',
    { requestId: request.id },
    async () => {
      let shown = request;
      for (let round = 0; round < ROUNDS && shown.slack !== undefined && isOwn(shown.slack); round++) {
        await deps.slack.update(shown.slack, messageOf(deps, shown));
        const found = await deps.ledger.read(shown.id);
        if (found === undefined || stateOf(found) === stateOf(shown)) return;
        shown = found;
      }
    },
  );
}

/** Takes the buttons away while the decision is carried out; the outcome is announced anyway. Never throws. */
export async function showDecided(deps: ShowDeps, request: ApprovalRequest): Promise<void> {
  const { slack } = request;
  if (slack === undefined || !isOwn(slack)) return;
  await bestEffort(
    deps.log.warn,
    'The message still shows its buttons until the outcome is announced',
    {},
    async () => deps.slack.update(slack, messageOf(deps, request)),
  );
}

function messageOf(deps: MessageDeps, request: ApprovalRequest): Message {
  const described = describeRequest(request);
  const { outcome } = described;
  if (outcome === undefined) return requestPost(deps, request);
  const show = outcome.kind === 'decided' ? decidedMessage : outcomeMessage;
  return show(described, outcome, deps.settings.ACCOUNT_NAMES);
}

function stateOf({ status, votes, outcome }: ApprovalRequest): string {
  return [status, votes.length, outcome].join(' ');
}
