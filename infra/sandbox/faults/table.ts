/** Something that is there or away. */
interface UpOrDown {
  kind: 'up or down';
  /** What the page calls it. */
  label: string;
  /** One sentence: what happens while it is down. */
  does: string;
}

/** Something that there may be more or less of. */
interface Amount {
  kind: 'amount';
  label: string;
  /** One sentence: what the amount does. */
  does: string;
  unit: 'ms' | 'calls a second' | 'bytes';
  /** The amount that changes nothing. */
  off: number;
  least: number;
  /** Why no less, where that is not plain. */
  leastBecause?: string;
  most: number;
  /** Amounts worth trying, each with what the page calls it; the first is `off`. */
  choices: readonly (readonly [amount: number, words: string])[];
}

export type Fault = UpOrDown | Amount;

const upOrDown = (label: string, does: string): UpOrDown => ({ kind: 'up or down', label, does });

const milliseconds = (
  label: string,
  does: string,
  choices: Amount['choices'],
  { most = 999_999, least = 0 } = {},
): Amount => ({ kind: 'amount', unit: 'ms', off: 0, ...{ label, does, choices, least, most } });

/** Input or output of a state, as UTF-8 (Step Functions quotas, "Maximum input or output size"). */
export const DATA_LIMIT_BYTES = 262_144;

/**
 * Everything that can be made to go wrong in the sandbox, or to be as slow and as late as AWS: what `/api/faults`
 * takes, what the page offers, and what the README says of it.
 */
export const FAULTS = {
  slack: upOrDown('Slack', 'Slack takes nothing and sends nothing.'),
  slackLookups: upOrDown('Lookups', 'Only people and groups cannot be looked up in Slack.'),
  delivery: upOrDown('Delivery', 'EventBridge cannot start executions: events go to the dead-letter queue.'),
  events: upOrDown('Events', 'EventBridge is given no events: they are lost.'),
  eventHistory: upOrDown('Event history', 'LookupEvents of CloudTrail fails.'),
  cloudTrailDelayMs: milliseconds('CloudTrail reports', 'A change is reported so much later.', [
    [0, 'at once'],
    [1_000, 'after 1 s'],
    [3_000, 'after 3 s'],
    [10_000, 'after 10 s'],
    [30_000, 'after 30 s'],
  ]),
  cloudTrailSpreadMs: milliseconds(
    'and up to',
    'Each change is reported later still, by a part of this that is drawn for it alone: events come out of order. AWS: 5 to 90 s in all.',
    [
      [0, 'no later, in order'],
      [5_000, '5 s later, out of order'],
      [85_000, '85 s later, out of order'],
    ],
  ),
  eventHistoryDelayMs: milliseconds('LookupEvents shows', 'LookupEvents finds an event so much later.', [
    [0, 'events at once'],
    [60_000, 'events after 1 min'],
    [900_000, 'events after 15 min'],
  ]),
  clockAheadMs: milliseconds(
    'Clock of AWS and Slack',
    'The clocks of AWS and of Slack are so much ahead of the functions’, behind when negative. More than 10 s ahead or 5 minutes behind, clicks are refused, as Slack wants it: they are signed in the future or too long ago.',
    [
      [0, 'as the functions’'],
      [900_000, '15 min ahead'],
      [-900_000, '15 min behind'],
    ],
    { least: -999_999 },
  ),
  iamLagMs: milliseconds(
    'IAM reads',
    'Each read of IAM shows it as it was up to so long ago, drawn for each call alone; writes never lag.',
    [
      [0, 'as it is'],
      [3_000, 'as it was up to 3 s ago'],
      [10_000, 'as it was up to 10 s ago'],
    ],
    { most: 60_000 },
  ),
  iamCallsPerSecond: {
    ...{ kind: 'amount', label: 'IAM takes', unit: 'calls a second', off: 0, least: 0, most: 1_000 },
    does: 'Each operation of IAM takes so many calls a second, and as many at once after a rest; the next is answered Throttling. 0: all of them.',
    choices: [
      [0, 'every call'],
      [5, '5 calls a second of each operation'],
      [1, '1 call a second of each operation'],
    ],
  },
  coldStartMs: milliseconds(
    'Functions start',
    'An instance of a function takes so long before its first event. Setting it ends all that are there.',
    [
      [0, 'at once'],
      [1_000, 'cold, in 1 s'],
      [2_500, 'cold, in 2.5 s'],
    ],
    { most: 10_000 },
  ),
  dataLimitBytes: {
    ...{ kind: 'amount', label: 'A state holds', unit: 'bytes', least: 16_384, most: DATA_LIMIT_BYTES },
    leastBecause: 'an ordinary change takes a quarter of that, and with less nobody could even be told',
    off: DATA_LIMIT_BYTES,
    does: 'A state of the state machine takes and gives so much, as UTF-8; more is States.DataLimitExceeded.',
    choices: [
      [DATA_LIMIT_BYTES, '256 KB, as on AWS'],
      [DATA_LIMIT_BYTES / 2, '128 KB'],
    ],
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** What holds of one fault: `up` or `down`, or an amount. */
type FaultValue<Name extends FaultName> = (typeof FAULTS)[Name] extends UpOrDown ? 'up' | 'down' : number;

/** What holds of all of them. */
export type FaultValues = { [Name in FaultName]: FaultValue<Name> };

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** Everything as it should be. */
export const NO_FAULTS = Object.fromEntries(FAULT_NAMES.map((name) => [name, offOf(name)])) as FaultValues;

/** The value that changes nothing. */
function offOf(name: FaultName): number | 'up' {
  const fault: Fault = FAULTS[name];
  return fault.kind === 'amount' ? fault.off : 'up';
}
