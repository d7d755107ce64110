import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** The sections of the runbook, as the links in alarms name them. */
const RUNBOOK = {
  undelivered: 'changes-are-not-delivered',
  failed: 'a-change-ended-in-failure',
  stopped: 'somebody-stopped-an-execution',
  late: 'quarantine-came-late',
  throttled: 'functions-are-throttled',
  flood: 'clicks-are-slowed-by-a-flood',
  answers: 'clicks-or-links-fail',
  slack: 'slack-cannot-be-reached',
  email: 'e-mail-is-not-delivered',
  strangers: 'strangers-get-the-e-mails',
  summary: 'the-daily-summary-did-not-come',
  reconcile: 'reconcile-does-not-run',
  confirm: 'cloudtrail-cannot-be-asked',
  found: 'events-are-lost',
  sweep: 'the-account-is-not-swept',
} as const;

export interface RunbookAlarmProps {
  metric: IMetric;
  /** Alarms from this value on or, where it has to come all the time, when less has come in so many periods. */
  from: number;
  missedPeriods?: number;
  /** Where it has to come all the time and may not grow: alarms after so many periods, in which it may be unknown too. */
  unknownPeriods?: number;
  /** One sentence: what has happened. */
  says: string;
  runbook: keyof typeof RUNBOOK;
  topic: ITopic;
}

const WHEN_IT_COMES = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  evaluationPeriods: 1,
  // Most of these metrics exist only while something goes wrong.
  treatMissingData: TreatMissingData.NOT_BREACHING,
};

const whenItStaysAway = (evaluationPeriods: number) => ({
  comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  evaluationPeriods,
  treatMissingData: TreatMissingData.BREACHING,
});

const whenItIsTooMuch = (evaluationPeriods: number) => ({
  ...WHEN_IT_COMES,
  evaluationPeriods,
  treatMissingData: TreatMissingData.BREACHING,
});

function conditionOf({ missedPeriods, unknownPeriods }: RunbookAlarmProps) {
  if (missedPeriods !== undefined) return whenItStaysAway(missedPeriods);
  return unknownPeriods === undefined ? WHEN_IT_COMES : whenItIsTooMuch(unknownPeriods);
}

/** An alarm for something that needs a person: it says what has happened, and where it is written what to do. */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const { metric, from, says, runbook, topic } = props;
    super(scope, id, {
      metric,
      threshold: from,
      ...conditionOf(props),
      alarmDescription: `Policy Guard: ${says} What to do: infra/aws/RUNBOOK.md#${RUNBOOK[runbook]}`,
    });
    this.addAlarmAction(new SnsAction(topic));
  }
}
