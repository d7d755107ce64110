import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CfnResource, readable, stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();

const alarms = () => stack.all('AWS::CloudWatch::Alarm');

/** Which runbook section an alarm names, e.g. `changes-are-not-delivered`. */
const runbookOf = ({ Properties }: CfnResource) =>
  /infra\/aws\/RUNBOOK\.md#(\S+)$/.exec(Properties.AlarmDescription)?.[1];

const SUMMARY = 'the-daily-summary-did-not-come';

describe('an alarm', () => {
  it.each([
    ['ChangesUndelivered', 'ApproximateNumberOfMessagesVisible', 1, 'changes-are-not-delivered'],
    ['DeliveryFails', 'FailedInvocations', 1, 'changes-are-not-delivered'],
    ['ExecutionsFailed', 'ExecutionsFailed', 1, 'a-change-ended-in-failure'],
    ['ExecutionsTimedOut', 'ExecutionsTimedOut', 1, 'a-change-ended-in-failure'],
    ['ExecutionsAborted', 'ExecutionsAborted', 1, 'somebody-stopped-an-execution'],
    ['QuarantineLate', 'SecondsInForce', 300, 'quarantine-came-late'],
    ['ClicksSlowed', 'RequestsThrottled', 1, 'clicks-are-slowed-by-a-flood'],
    ['AnswersFail', '5xx', 1, 'clicks-or-links-fail'],
    ['SlackFails', 'SlackFailed', 1, 'slack-cannot-be-reached'],
    ['EmailFails', 'NumberOfNotificationsFailed', 1, 'e-mail-is-not-delivered'],
    ['StrangersSubscribed', 'StrangersSubscribed', 1, 'strangers-get-the-e-mails'],
    ['CloudTrailAway', 'CloudTrailAway', 1, 'cloudtrail-cannot-be-asked'],
    ['SummaryUndelivered', 'ApproximateNumberOfMessagesVisible', 1, SUMMARY],
    ['SummaryFails', 'AsyncEventsDropped', 1, SUMMARY],
  ])('%s watches %s from %i on, and names its section of the runbook', (name, metric, from, section) => {
    const [, alarm] = alarms().find(([id]) => id.startsWith(`Alarms${name}`)) ?? [];
    expect(alarm?.Properties).toMatchObject({
      MetricName: metric,
      Threshold: from,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
    });
    expect(runbookOf(alarm as CfnResource)).toBe(section);
  });

  it('FunctionsThrottled watches all seven functions', () => {
    const [, alarm] = alarms().find(([id]) => id.startsWith('AlarmsFunctionsThrottled')) ?? [];
    const watched = alarm?.Properties.Metrics.filter((each: { MetricStat?: unknown }) => each.MetricStat);
    expect(watched).toHaveLength(7);
    expect(runbookOf(alarm as CfnResource)).toBe('functions-are-throttled');
  });

  it('names a section that the runbook has', () => {
    const runbook = readFileSync(new URL('../../../infra/aws/RUNBOOK.md', import.meta.url), 'utf8');
    const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, alarm] of alarms()) expect(anchors).toContain(runbookOf(alarm));
  });

  it('tells the admin, and is quiet where there is nothing to count', () => {
    expect(alarms()).toHaveLength(18);
    for (const [id, { Properties }] of alarms()) {
      expect(Properties.AlarmActions.map(readable)).toEqual(['<NoticesTopic>']);
      if (/^Alarms(Reconcile|Sweep)Missing/.test(id)) continue;
      expect(Properties.TreatMissingData).toBe('notBreaching');
    }
  });

  it.each([
    [
      'ReconcileMissing',
      'reconcile has not come through for fifteen minutes',
      { MetricName: 'Reconciled', Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
      'reconcile-does-not-run',
    ],
    [
      'SweepMissing',
      'no sweep has for three quarters of an hour, and how long ago the last one was',
      {
        ...{ MetricName: 'MinutesSinceSweep', Statistic: 'Minimum', Threshold: 20, EvaluationPeriods: 6 },
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
      'the-account-is-not-swept',
    ],
  ])('%s tells when %s', (name, _, properties, runbook) => {
    const [, alarm] = alarms().find(([id]) => id.startsWith(`Alarms${name}`)) ?? [];
    expect(alarm?.Properties).toMatchObject({
      ...{ EvaluationPeriods: 3, Period: 300, TreatMissingData: 'breaching' },
      ...properties,
    });
    expect(runbookOf(alarm as CfnResource)).toBe(runbook);
  });
});

describe('the dashboard', () => {
  it('shows the alarms, outcomes, seconds in force, minutes to decision and failures', () => {
    const [[, { Properties }] = ['', { Properties: {} }]] = stack.all('AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(Properties.DashboardBody);
    for (const part of [
      'What needs a person',
      'Ended',
      'SecondsInForce',
      'MinutesToDecision',
      'QuarantineFailed',
    ]) {
      expect(body).toContain(part);
    }
  });
});

describe('the saved queries', () => {
  it('ask the logs of all functions for the audit trail, one request, verdicts and failures', () => {
    const queries = stack.all('AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties);
    expect(queries.map(({ Name }) => readable(Name)).sort()).toEqual([
      '<StackName>/Audit trail',
      '<StackName>/Audit trail, decisions',
      '<StackName>/Audit trail, what was refused',
      '<StackName>/Everything about one request',
      '<StackName>/What failed',
      '<StackName>/What was judged, and why',
    ]);
    for (const { LogGroupNames } of queries) expect(LogGroupNames).toHaveLength(7);
  });
});
