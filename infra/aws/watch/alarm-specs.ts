import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { METRIC } from '../../../workflow/steps/metrics.ts';
import type { ChangeRule } from '../changes/change-rule.ts';
import type { GuardFunction } from '../compute/guard-function.ts';
import type { NoticeTopic } from '../notices/notice-topic.ts';
import type { DailySummary } from '../summary/daily-summary.ts';
import type { PublicApi } from '../web/public-api.ts';
import { guardMetric, metric, PERIOD } from './guard-metrics.ts';
import type { RunbookAlarmProps } from './runbook-alarm.ts';

/** What there is to watch. */
export interface Watched {
  stateMachine: IStateMachine;
  changes: ChangeRule;
  summary: DailySummary;
  api: PublicApi;
  functions: Record<FunctionName, GuardFunction>;
  notices: NoticeTopic;
}

type AlarmSpecs = Record<string, Omit<RunbookAlarmProps, 'topic'>>;

const sum = { period: PERIOD, statistic: Stats.SUM };
const maximum = { period: PERIOD, statistic: Stats.MAXIMUM };

/** One alarm for each thing that needs a person; what mends itself by being tried again has none. */
export function alarmSpecs(watched: Watched): AlarmSpecs {
  return {
    ...ofDelivery(watched),
    ...ofExecutions(watched),
    ...ofQuarantine(),
    ...ofFunctions(watched),
    ...ofPeople(watched),
    ...ofSummary(watched),
    ...ofReconcile(),
  };
}

function ofDelivery({ changes: { rule, undelivered } }: Watched): AlarmSpecs {
  return {
    ChangesUndelivered: {
      metric: undelivered.metricApproximateNumberOfMessagesVisible(maximum),
      from: 1,
      says: 'a change could not be delivered to the state machine; its grant is in force.',
      runbook: 'undelivered',
    },
    DeliveryFails: {
      metric: metric('AWS/Events', 'FailedInvocations', Stats.SUM, { RuleName: rule.ruleName }),
      from: 1,
      says: 'EventBridge cannot start the state machine; grants stay in force.',
      runbook: 'undelivered',
    },
  };
}

function ofExecutions({ stateMachine }: Watched): AlarmSpecs {
  return {
    ExecutionsFailed: {
      metric: stateMachine.metricFailed(sum),
      from: 1,
      says: 'an execution FAILED: a change may not be quarantined, or a decision not carried out.',
      runbook: 'failed',
    },
    ExecutionsTimedOut: {
      metric: stateMachine.metricTimedOut(sum),
      from: 1,
      says: 'an execution TIMED_OUT as a whole, which its definition never asks for.',
      runbook: 'failed',
    },
    ExecutionsAborted: {
      metric: stateMachine.metricAborted(sum),
      from: 1,
      says: 'an execution was ABORTED: its change waits for nobody any more.',
      runbook: 'stopped',
    },
  };
}

/** CloudTrail reports within 90 s as a rule; a grant in force for longer than this may well have been used. Seconds. */
const LATE = 300;

function ofQuarantine(): AlarmSpecs {
  return {
    QuarantineLate: {
      metric: guardMetric(METRIC.secondsInForce, 'contain', Stats.MAXIMUM),
      from: LATE,
      says: 'a grant was in force for five minutes or more before it was quarantined.',
      runbook: 'late',
    },
  };
}

function ofFunctions({ functions, api }: Watched): AlarmSpecs {
  const throttles = Object.entries(functions).map(([name, { function: target }]) => [
    name,
    target.metricThrottles(sum),
  ]);
  return {
    FunctionsThrottled: {
      metric: new MathExpression({
        expression: throttles.map(([name]) => name).join(' + '),
        usingMetrics: Object.fromEntries(throttles),
        label: 'Throttled invocations',
        period: PERIOD,
      }),
      from: 1,
      says: 'Lambda throttles the functions: the account has too few concurrent executions left.',
      runbook: 'throttled',
    },
    ClicksSlowed: {
      metric: api.throttled.metric(sum),
      from: 1,
      says: 'so many requests come to the public addresses that clicks are refused; quarantine is not slowed.',
      runbook: 'flood',
    },
    AnswersFail: {
      metric: api.api.metricServerError(sum),
      from: 1,
      says: 'a click, a command or a link was answered with an error; a decision may not have been taken.',
      runbook: 'answers',
    },
  };
}

function ofPeople({ notices }: Watched): AlarmSpecs {
  return {
    SlackFails: {
      metric: guardMetric(METRIC.slackFailed, 'notify', Stats.SUM),
      from: 1,
      says: 'Slack did not take a message; it went by e-mail.',
      runbook: 'slack',
    },
    EmailFails: {
      metric: notices.topic.metricNumberOfNotificationsFailed(sum),
      from: 1,
      says: 'an e-mail could not be delivered.',
      runbook: 'email',
    },
    StrangersSubscribed: {
      metric: guardMetric(METRIC.strangersSubscribed, 'reconcile', Stats.MAXIMUM),
      from: 1,
      says: 'others than ADMIN_EMAIL get the e-mails; links to approve are held back.',
      runbook: 'strangers',
    },
  };
}

function ofSummary({ summary: { undelivered }, functions: { notify } }: Watched): AlarmSpecs {
  return {
    SummaryUndelivered: {
      metric: undelivered.metricApproximateNumberOfMessagesVisible(maximum),
      from: 1,
      says: 'EventBridge could not ask for the daily summary of exempt changes.',
      runbook: 'summary',
    },
    SummaryFails: {
      // Lambda tries again by itself twice, and then drops it. Nothing else invokes this function asynchronously.
      metric: notify.function.metric('AsyncEventsDropped', sum),
      from: 1,
      says: 'the daily summary of exempt changes failed, again and again.',
      runbook: 'summary',
    },
  };
}

/** Fifteen minutes: one run that fails is made up for by the next. */
const MISSED_PERIODS = 3;

/** A sweep may take a quarter of an hour; six periods later the last one is three quarters ago. Minutes. */
const SINCE_SWEEP = 20;
const SINCE_SWEEP_PERIODS = 6;

function ofReconcile(): AlarmSpecs {
  return {
    ReconcileMissing: {
      metric: guardMetric(METRIC.reconciled, 'reconcile', Stats.SUM),
      from: 1,
      missedPeriods: MISSED_PERIODS,
      says: 'reconcile has not come through for fifteen minutes: what stands still stays so.',
      runbook: 'reconcile',
    },
    CloudTrailAway: {
      metric: guardMetric(METRIC.cloudTrailAway, 'reconcile', Stats.SUM),
      from: 1,
      says: 'CloudTrail cannot be asked which events are genuine: forged names count until it can.',
      runbook: 'confirm',
    },
    EventsLost: {
      metric: guardMetric(METRIC.foundBySweep, 'reconcile', Stats.MAXIMUM),
      from: 1,
      says: 'the sweep at the time in the reason had to find so many grants that no event has told of; events are lost.',
      runbook: 'found',
    },
    SweepMissing: {
      metric: guardMetric(METRIC.minutesSinceSweep, 'reconcile', Stats.MINIMUM),
      from: SINCE_SWEEP,
      unknownPeriods: SINCE_SWEEP_PERIODS,
      says: 'the last complete sweep was so many minutes before as the reason says: what no event tells of stays in force.',
      runbook: 'sweep',
    },
  };
}
