import { actions, button, context, divider, header, section } from '../../media/slack/blocks/blocks.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { bold, code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, HomeView } from '../../media/slack/blocks/types.ts';
import { ACTION, HOME } from '../../media/slack/identifiers.ts';
import { severityPrefix } from '../../media/slack/parts/findings.ts';
import { describeMissing } from '../../media/wording/describe-approvals.ts';
import { moment } from '../../media/wording/phrases.ts';
import { historyLine } from '../past-requests.ts';
import type { DescribedHome, DescribedPending } from './describe-home.ts';
import { type HomeSettings, modeBlocks, settingsBlocks } from './settings-blocks.ts';

/** Two blocks and a divider each, of the hundred that a view may have. */
const MOST_PENDING = 20;
const PAST_BUDGET = 9_000;

/** App Home: what waits for the person who looks, what was decided, and how Policy Guard is set up. */
export function homeView(home: DescribedHome, settings: HomeSettings): HomeView {
  return {
    type: 'home',
    blocks: [
      ...body(home, settings),
      divider,
      actions([button(HOME.refresh, 'Refresh')]),
      context(`As of ${localTime(moment(settings.now.toISOString()))}`),
    ],
  };
}

function body(home: DescribedHome, settings: HomeSettings): Block[] {
  switch (home.standing) {
    case 'outsider':
      return [section('Policy Guard shows requests to full members of the workspace only.')];
    case 'unknown':
      return [section('Slack could not be asked who you are, so nothing is shown. Refresh to try again.')];
    case 'approver':
      return [
        ...modeBlocks(settings),
        ...waiting('Waiting for you', home),
        ...decisions(home),
        ...settingsBlocks(settings),
      ];
    case 'member':
      return [...modeBlocks(settings), ...waiting('Your own changes that wait', home)];
    case 'maybe-approver':
      return [
        ...modeBlocks(settings),
        section('Slack could not be asked whether you are an approver. Refresh to try again.'),
        ...waiting('Your own changes that wait', home),
      ];
  }
}

function waiting(title: string, { standing, pending, pendingMore }: DescribedHome): Block[] {
  if (pending === 'unknown') {
    return [
      header(title),
      section('The ledger did not answer, so it is not known what waits. Refresh to try again.'),
    ];
  }
  const more = pending.length - MOST_PENDING;
  // What an approver has made or approved stands in the list, marked, and waits for others.
  const count =
    standing === 'approver' ? pending.filter(({ mine }) => mine === 'may-decide').length : pending.length;
  const notes = [
    ...(more > 0 ? [`… and ${more} more, which are less severe or expire later.`] : []),
    ...(pendingMore ? ['More requests wait than were read; `/policy-guard pending` shows the newest.'] : []),
  ];
  return [
    header(pending.length === 0 ? title : `${title}: ${count}${pendingMore ? ' or more' : ''}`),
    ...(pending.length === 0
      ? [section(pendingMore ? 'None of those that were read.' : 'Nothing waits.')]
      : []),
    ...pending
      .slice(0, MOST_PENDING)
      .flatMap((each, index) => [
        ...(index === 0 ? [] : [divider]),
        ...pendingBlocks(each, standing === 'approver'),
      ]),
    ...(notes.length === 0 ? [] : [context(notes.join(' '))]),
  ];
}

function pendingBlocks({ request, mine, permalink }: DescribedPending, withDetails: boolean): Block[] {
  const { requestId, title, severity, expires, approvals } = request;
  const elements = [
    ...(withDetails ? [button(ACTION.details, 'Details', { value: requestId })] : []),
    ...(permalink === undefined ? [] : [button(HOME.openMessage, 'Open the message', { url: permalink })]),
  ];
  return [
    section(
      `${severityPrefix(severity)}${bold(title, 500)}\n${NOTE[mine]}${plain(describeMissing(approvals), 400)} · expires ${localTime(expires)} · ${code(requestId, 80)}`,
    ),
    ...(elements.length === 0 ? [] : [actions(elements)]),
  ];
}

const NOTE: Readonly<Record<DescribedPending['mine'], string>> = {
  'may-decide': '',
  'own-change': '*Your own change* · ',
  voted: '*You have approved it* · ',
};

function decisions({ past }: DescribedHome): Block[] {
  const title = header('Latest decisions and outcomes');
  if (past === 'unknown') return [title, section('The ledger did not answer, so they are not known.')];
  if (past.length === 0) return [title, section('None yet.')];
  const { shown, left } = takeWithin(past.map(historyLine), PAST_BUDGET);
  return [
    title,
    ...sections(shown),
    context(`${left === 0 ? '' : `… and ${left} more. `}\`/policy-guard history\` shows more.`),
  ];
}
