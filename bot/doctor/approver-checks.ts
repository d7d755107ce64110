import { whyNoMember } from '../approvers/is-member.ts';
import type { SlackApi } from '../media/slack/api/slack-api.ts';
import { SlackCallError } from '../media/slack/api/slack-error.ts';
import type { Check } from './check.ts';

export interface ApproverExamination {
  slack: Pick<SlackApi, 'profile' | 'groupMembers'>;
  teamId: string;
  /** User ids and user group ids. */
  approvers: readonly string[];
  approvalsRequired: number;
}

/** What one entry of APPROVERS stands for, or what is wrong with it, in one clause. */
type Entry = { people: readonly string[] } | { wrong: string } | { unknown: string };

/** Whether every entry of APPROVERS can be read from Slack, and stands for enough people who count. */
export async function checkApprovers(examination: ApproverExamination): Promise<Check> {
  const name = 'Approvers';
  const { approvers, approvalsRequired } = examination;
  const entries = await Promise.all(approvers.map((id) => readEntry(examination, id)));
  const wrong = entries.flatMap((entry) => ('wrong' in entry ? [entry.wrong] : []));
  if (wrong.length > 0) {
    return { name, status: 'wrong', found: `${wrong.join('; ')}.`, mend: 'Correct APPROVERS and deploy.' };
  }
  const unknown = entries.flatMap((entry) => ('unknown' in entry ? [entry.unknown] : []));
  if (unknown.length > 0) {
    const mend = 'Ask again; if it stays so, look at the status page of Slack.';
    return { name, status: 'unknown', found: `Could not be read: ${unknown.join('; ')}.`, mend };
  }
  const people = new Set(entries.flatMap((entry) => ('people' in entry ? entry.people : []))).size;
  if (people >= approvalsRequired) return { name, status: 'ok', found: `All can be read: ${people} in all.` };
  return {
    name,
    status: 'wrong',
    found: `APPROVALS_REQUIRED is ${approvalsRequired}, but there are only ${people}, so nothing can be approved.`,
    mend: 'Add approvers or lower APPROVALS_REQUIRED, and deploy.',
  };
}

async function readEntry(examination: ApproverExamination, id: string): Promise<Entry> {
  try {
    return id.startsWith('S') ? await readGroup(examination, id) : await readPerson(examination, id);
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    if (error.failure === 'refused') return { wrong: `${id}: Slack does not show it (${error.code})` };
    return { unknown: `${id} (${error.code})` };
  }
}

async function readGroup({ slack }: ApproverExamination, id: string): Promise<Entry> {
  const people = await slack.groupMembers(id);
  return people.length === 0 ? { wrong: `the user group ${id} is empty` } : { people };
}

async function readPerson({ slack, teamId }: ApproverExamination, id: string): Promise<Entry> {
  const why = whyNoMember(await slack.profile(id), teamId);
  return why === undefined ? { people: [id] } : { wrong: `${id} never counts: ${NO_MEMBER[why]}` };
}

const NO_MEMBER = {
  deactivated: 'the account is deactivated',
  bot: 'it is a bot',
  guest: 'it is a guest',
  stranger: 'it belongs to another workspace',
} as const;
