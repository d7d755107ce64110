import { Aws } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmStatusWidget, Dashboard, GraphWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Watched } from './alarm-specs.ts';
import { PERIOD } from './guard-metrics.ts';
import type { RunbookAlarm } from './runbook-alarm.ts';

export interface GuardDashboardProps extends Watched {
  alarms: readonly RunbookAlarm[];
}

/** One page: is anything wrong, what has come in, how fast was it held, how fast decided. */
export class GuardDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, stateMachine, functions }: GuardDashboardProps) {
    super(scope, id);
    const sum = { period: PERIOD, statistic: Stats.SUM };
    const each = (pick: (target: Watched['functions']['inspect']) => IMetric) =>
      Object.values(functions).map(pick);
    new Dashboard(this, 'Dashboard', {
      dashboardName: Aws.STACK_NAME,
      widgets: [
        [new AlarmStatusWidget({ title: 'What needs a person', alarms: [...alarms], width: 24 })],
        [graph('Changes', [stateMachine.metricStarted(sum), stateMachine.metricFailed(sum)])],
        [
          graph(
            'Errors of the functions',
            each(({ function: target }) => target.metricErrors(sum)),
          ),
          graph(
            'Duration of the functions',
            each(({ function: target }) => target.metricDuration({ period: PERIOD, statistic: Stats.p(99) })),
          ),
        ],
      ],
    });
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 12, leftYAxis: { min: 0 } });
}
