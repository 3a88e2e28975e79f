import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Figure } from '../../lambdas/metrics.ts';
import type { Alarms } from './alarms.ts';
import { type AlarmsProps, ownMetric } from './watches.ts';

const HALF_WIDTH = 12;
const HOUR = Duration.hours(1);

/** The dashboard: which alarms are off, what the evening did, what went wrong, how long it took. */
export function overview(scope: Construct, props: AlarmsProps, { all }: Alarms): Dashboard {
  const { service, functions, queues } = props;
  const own = (...figures: Figure[]) => figures.map((figure) => ownMetric(service, figure, HOUR, Stats.SUM));
  const highest = (...figures: Figure[]) =>
    figures.map((figure) => ownMetric(service, figure, HOUR, Stats.MAXIMUM));
  const each = (metric: (one: (typeof functions)['ingest']) => IMetric) =>
    Object.values(functions).map(metric);
  return new Dashboard(scope, 'Overview', {
    defaultInterval: Duration.days(7),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...all], width: 2 * HALF_WIDTH })],
      [
        graph('Sessions', own('released', 'overdue')),
        graph('Rules and alerts', own('evaluations', 'failingRules')),
      ],
      [
        graph(
          'Inputs of the rules, each evening',
          highest('freshInputs', 'staleInputs', 'missingInputs', 'heldInputs'),
        ),
        graph('Values that wait', highest('heldValues')),
      ],
      [
        graph('Delivery', own('sent', 'withheld', 'failed', 'secondPublishes')),
        graph(
          'Dead letters',
          Object.values(queues.deadLetterQueues).map((one) => one.metricApproximateNumberOfMessagesVisible()),
        ),
      ],
      [
        graph(
          'Duration',
          each((one) => one.metricDuration({ statistic: Stats.MAXIMUM })),
        ),
        graph(
          'Errors',
          each((one) => one.metricErrors({ period: HOUR, statistic: Stats.SUM })),
        ),
      ],
    ],
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: HALF_WIDTH });
}
