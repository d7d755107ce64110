import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import { messageOptions } from '../../notices/request/show.ts';
import { textMessage } from '../../slack/blocks/blocks.ts';
import { code } from '../../slack/blocks/mrkdwn.ts';
import { describeRequest } from '../../wording/describe-request.ts';
import { inChannelOnly } from './channel-only.ts';
import { requestRecordMessage } from './request-record.ts';

/** `/policy-guard show ID`: one request, whatever has become of it. */
export const show = inChannelOnly(async (deps, { argument }) => {
  const id = argument.replaceAll('`', '').trim();
  if (id === '')
    return textMessage('Which one? `/policy-guard show ID`; `/policy-guard pending` lists the ids.');
  const request = await find(deps.ledger, id);
  if (request === undefined) return textMessage(`There is no request ${code(id, 100)}.`);
  return requestRecordMessage(
    describeRequest(request),
    messageOptions({ ...deps, ...deps.settings }),
    request.slack,
  );
});

/** Ids are read out and typed: `PG-abc` and `abc` mean `pg-abc`. */
async function find(ledger: Pick<Ledger, 'read'>, id: string) {
  const typed = id.toLowerCase();
  const meant = typed.startsWith('pg-') ? typed : `pg-${typed}`;
  const [exact, likely] = await Promise.all([ledger.read(id), ledger.read(meant)]);
  return exact ?? likely;
}
