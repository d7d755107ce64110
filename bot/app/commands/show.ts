import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { isOwn } from '../../media/slack/api/slack-api.ts';
import { context, textMessage } from '../../media/slack/blocks/blocks.ts';
import { code, link } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { remarkBlocks } from '../../media/slack/parts/remarks.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import { describeStory } from '../../media/wording/describe-story.ts';
import { outcomeMessage } from '../../notices/outcome/message.ts';
import { type RequestMessageOptions, requestMessage } from '../../notices/request/message.ts';
import { messageOptions } from '../../notices/request/show.ts';
import type { BotDeps } from '../deps.ts';
import { storyMessage } from './story.ts';
import { inChannelOnly } from './subcommand.ts';
/** `/policy-guard show ID [page N]`: one request, whatever has become of it, and all that has happened to it. */
export const show = inChannelOnly(async (deps, { argument }) => {
  const [, id = '', page = '1'] =
    /^(.*?)(?:\s+page\s+(\d{1,4}))?$/is.exec(argument.replaceAll('`', '').trim()) ?? [];
  if (id === '')
    return textMessage('Which one? `/policy-guard show pg-…`; `/policy-guard pending` lists the ids.');
  const request = await findRequest(deps.ledger, id);
  if (request === undefined) return showTrail(deps, id, Number(page));
  const record = requestRecordMessage(describeRequest(request), messageOptions(deps), request.slack);
  const story = describeStory(request, await deps.ledger.auditTrail(request.id));
  return storyMessage(request.id, story, record, Number(page));
});

/** A change of which the ledger holds only what happened to it: another request covers it, or nobody was asked. */
async function showTrail({ ledger }: Pick<BotDeps, 'ledger'>, written: string, page: number) {
  for (const id of idsMeant(written)) {
    const trail = await ledger.auditTrail(id);
    if (trail.length === 0) continue;
    const record = textMessage(
      `Of ${code(id, 100)} the ledger holds only what happened: it is no request by itself.`,
    );
    return storyMessage(id, describeStory(undefined, trail), record, page);
  }
  return textMessage(`There is no request ${code(written, 100)}.`);
}

/** Ids are read out and typed: `PG-abc`, `#pg-abc` and `abc` mean `pg-abc`. */
export async function findRequest(ledger: Pick<Ledger, 'read'>, written: string) {
  const [exact, likely] = await Promise.all(idsMeant(written).map((id) => ledger.read(id)));
  return exact ?? likely;
}

function idsMeant(written: string): [exact: string, likely: string] {
  const id = written.replace(/^#/, '');
  const typed = id.toLowerCase();
  return [id, typed.startsWith('pg-') ? typed : `pg-${typed}`];
}

/**
 * A request for the person who asked to see it: as it stands, and without buttons where they are on its own message.
 *
 * @param place where its message is; nowhere while Slack has not taken it
 */
export function requestRecordMessage(
  request: DescribedRequest,
  options: RequestMessageOptions,
  place: SlackMessageRef | undefined,
): Message {
  if (request.outcome !== undefined) return outcomeMessage(request, request.outcome, options.accountNames);
  const { text, blocks } = requestMessage(request, options);
  const only = place !== undefined && !isOwn(place);
  return {
    text,
    blocks: [
      ...blocks.filter((block) => only || block.type !== 'actions'),
      ...remarkBlocks(request.remarks),
      context(whereTheButtonsAre(place)),
    ],
  };
}

function whereTheButtonsAre(place: SlackMessageRef | undefined): string {
  if (place === undefined) {
    return 'Slack has not taken its message yet, so it went by e-mail; the buttons come here with the next reminder.';
  }
  if (!isOwn(place)) return 'One of many, without a message of its own: it is decided here.';
  const { permalink } = place;
  return permalink === undefined
    ? 'The buttons are on the message in this channel.'
    : `The buttons are on ${link(permalink, 'the message in this channel')}.`;
}
