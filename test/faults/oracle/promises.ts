/** What must always hold, in the order of the design, and by what a breach is seen here. */
export const PROMISES = [
  {
    promise: '1 Fail closed',
    oracle:
      'IAM after each write of the guard, and at the end: never in force without an approval in the table',
  },
  {
    promise: '2 Nothing lost',
    oracle: 'IAM and the table: the original byte for byte while it waits, and in force after an approval',
  },
  {
    promise: '3 One decision',
    oracle: 'the table: one request, one decision, and IAM agrees with it',
  },
  {
    promise: '4 No silent end',
    oracle:
      'executions, the table, messages and e-mails: every change ends as it was decided, and somebody was told',
  },
  {
    promise: '5 No authority',
    oracle: 'the table: only who may decide has decided, also where others clicked',
  },
  {
    promise: '6 Never delayed',
    oracle: 'the clock: out of force within seconds while Slack, e-mail or the ledger is away',
  },
  {
    promise: '7 Own writes',
    oracle: 'executions: own-change for the writes of the containing role, and for those alone',
  },
  {
    promise: '8 Audited',
    oracle: 'the table and the logs: each decision has its entry; no token, secret or signed link',
  },
  {
    promise: '9 Harms nobody',
    oracle: 'IAM: whoever is not concerned is as before, and nothing stray is left',
  },
] as const;

export type PromiseNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface Violation {
  promise: PromiseNumber;
  seen: string;
}
