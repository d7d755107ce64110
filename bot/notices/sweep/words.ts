import type { SweepReport } from '../../../workflow/ledger/inventory.ts';
import { entityPhrase, policyName } from '../../media/wording/describe-change.ts';
import { countOf, enumerate, type Moment, moment } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

export interface DescribedGrant {
  /** `admin on role deployer`. */
  what: string;
  /** `role/deployer, user/alice and 3 more`. */
  holders: string;
  since: Moment;
}

/** What a sweep has left alone, in words. */
export interface DescribedSweep {
  title: string;
  /** What it means. */
  says: string;
  whatToDo: string;
  grants: DescribedGrant[];
  /** How many more there are. */
  more: number;
}

const MOST_HOLDERS = 3;

export function describeSweep({ kind, count, grants }: SweepReport): DescribedSweep {
  const { title, says, whatToDo } = WORDS[kind](countOf(count, 'restricted grant'));
  return { title, says, whatToDo, grants: grants.map(describeGrant), more: count - grants.length };
}

const WORDS: Readonly<
  Record<SweepReport['kind'], (grants: string) => Pick<DescribedSweep, 'title' | 'says' | 'whatToDo'>>
> = {
  stock: (grants) => ({
    title: `Policy Guard has taken stock: ${grants} in force`,
    says: 'They were there before the guard was, and nothing was touched.',
    whatToDo: '`/policy-guard baseline` lists them, and an approver can put any of them to the channel.',
  }),
  held: (grants) => ({
    title: `The sweep has found ${grants} at once that no event has told of`,
    says: 'So many are hardly lost events: the ledger may have been restored, or the trail been off. Nothing was touched.',
    whatToDo:
      '`/policy-guard baseline ask all` takes them out of force and asks about each; `/policy-guard baseline` lists them.',
  }),
  changed: (grants) => ({
    title: `${grants} in force that counted for nothing before`,
    says: 'Nobody has changed them: the list, or what is known of actions, is another one. Nothing was touched.',
    whatToDo: 'Look through them, and take the list back where it goes too far.',
  }),
};

function describeGrant({ target, since, holders }: SweepReport['grants'][number]): DescribedGrant {
  const on = target.type === 'managed-policy' ? '' : ` on ${entityPhrase(target)}`;
  const names = holders.map(plainLine);
  return {
    what: `${policyName(target)}${on}`,
    holders: names.length === 0 ? 'nobody' : enumerate(names, MOST_HOLDERS),
    since: moment(since),
  };
}
