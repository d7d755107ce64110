import type { SweepReport } from '../../../workflow/ledger/inventory.ts';
import { entityPhrase, policyName } from '../../media/wording/describe-change.ts';
import { countOf, enumerate, type Moment, moment } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

export interface DescribedGrant {
  /** `admin on role deployer`. */
  what: string;
  /** `role/deployer, user/alice and 3 more`. */
  holders: string;
  /** `since`, or `since before` where nothing tells how much longer. */
  how: string;
  since: Moment;
  /** Who has put it in force, where that is known. */
  by: string | undefined;
}

/** What a sweep has left alone, in words. */
export interface DescribedSweep {
  title: string;
  /** What it means. */
  says: string;
  whatToDo: string;
  /** What came into force lately comes first; there are none without grants. */
  parts: { heading: string; grants: DescribedGrant[] }[];
  /** How many more there are. */
  more: number;
}

const MOST_HOLDERS = 3;

export function describeSweep({ kind, count, recent, grants }: SweepReport): DescribedSweep {
  const { title, says, whatToDo } = WORDS[kind](countOf(count, 'restricted grant'));
  const part = (heading: string, isRecent: boolean) => ({
    heading,
    grants: grants.filter((each) => each.recent === isRecent).map(describeGrant),
  });
  const parts = [part(`${LATELY}: ${recent}`, true), part(`${FOR_LONGER}: ${count - recent}`, false)];
  return {
    ...{ title, says, whatToDo, more: count - grants.length },
    parts: parts.filter((each) => each.grants.length > 0),
  };
}

export const LATELY = 'Changed in the last 90 days';
export const FOR_LONGER = 'In force for longer';

const LOOK = '`/policy-guard baseline` lists them, and an approver can put any of them to the channel.';

const WORDS: Readonly<
  Record<SweepReport['kind'], (grants: string) => Pick<DescribedSweep, 'title' | 'says' | 'whatToDo'>>
> = {
  stock: (grants) => ({
    title: `Policy Guard has taken stock: ${grants} in force`,
    says: 'They were there before the guard was, and nothing was touched.',
    whatToDo: LOOK,
  }),
  held: (grants) => ({
    title: `The sweep has found ${grants} at once that no event has told of`,
    says: 'So many are hardly lost events: the ledger may have been restored, or the trail been off. Nothing was touched.',
    whatToDo:
      '`/policy-guard baseline ask all` takes them out of force and asks about each; `/policy-guard baseline` lists them.',
  }),
  changed: (grants) => ({
    title: `${grants} in force that did not count before`,
    says: 'Nobody has changed them: the list, the mode, an exemption or what is known of actions is another one. Nothing was touched.',
    whatToDo: `${LOOK} Where the new setting goes too far, take it back.`,
  }),
  forgotten: (grants) => ({
    title: `${grants} in force that the ledger has forgotten`,
    says: 'They were there when it was last complete, and may have been approved: was it restored, or was something deleted in it? Nothing was touched.',
    whatToDo: LOOK,
  }),
};

/** One restricted grant in force that nobody was asked about. Foreign text is one honest line, not escaped. */
export function describeGrant({
  target,
  since,
  older,
  by,
  holders,
}: Omit<SweepReport['grants'][number], 'recent'>): DescribedGrant {
  const on = target.type === 'managed-policy' ? '' : ` on ${entityPhrase(target)}`;
  const names = holders.map(plainLine);
  return {
    what: `${policyName(target)}${on}`,
    holders: names.length === 0 ? 'nobody' : enumerate(names, MOST_HOLDERS),
    how: older ? 'since before' : 'since',
    since: moment(since),
    by: by === undefined ? undefined : plainLine(by),
  };
}
