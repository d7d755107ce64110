import { Aws } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRIC, METRICS_NAMESPACE } from '../../../workflow/steps/metrics.ts';
import type { Watched } from './alarm-specs.ts';
import { guardMetric, PERIOD } from './guard-metrics.ts';
import type { RunbookAlarm } from './runbook-alarm.ts';

interface GuardDashboardProps extends Pick<Watched, 'stateMachine' | 'functions'> {
  alarms: readonly RunbookAlarm[];
}

const sum = { period: PERIOD, statistic: Stats.SUM };

/** One page: is anything wrong, what has come in, how fast was it held, how fast decided. */
export class GuardDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, stateMachine, functions }: GuardDashboardProps) {
    super(scope, id);
    const all = Object.values(functions).map(({ function: target }) => target);
    new Dashboard(this, 'Dashboard', {
      dashboardName: Aws.STACK_NAME,
      widgets: [
        [new AlarmStatusWidget({ title: 'What needs a person', alarms: [...alarms], width: 24 })],
        [
          graph('Changes by outcome', [byOutcome()]),
          graph('Executions', [stateMachine.metricStarted(sum), stateMachine.metricFailed(sum)]),
        ],
        [
          graph('Seconds in force before quarantine', medianAndMaximum(METRIC.secondsInForce, 'contain')),
          graph('Minutes to decision', medianAndMaximum(METRIC.minutesToDecision, 'notify')),
        ],
        [
          graph('Failures', [
            guardMetric(METRIC.quarantineFailed, 'contain', Stats.SUM),
            guardMetric(METRIC.slackFailed, 'notify', Stats.SUM),
          ]),
          graph(
            'Errors of the functions',
            all.map((target) => target.metricErrors(sum)),
          ),
        ],
      ],
    });
  }
}

/** Whichever outcomes there have been, so that no list of them has to be kept here. */
function byOutcome(): IMetric {
  return new MathExpression({
    expression: `SEARCH('{${METRICS_NAMESPACE},outcome,service} MetricName="${METRIC.ended}"', 'Sum', ${PERIOD.toSeconds()})`,
    usingMetrics: {},
    label: '',
    period: PERIOD,
  });
}

function medianAndMaximum(name: string, service: 'contain' | 'notify'): IMetric[] {
  return [guardMetric(name, service, Stats.p(50)), guardMetric(name, service, Stats.MAXIMUM)];
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 12, leftYAxis: { min: 0 } });
}
