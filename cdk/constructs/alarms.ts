import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { type AlarmsProps, type Watch, watchesOf } from './watches.ts';

const RUNBOOK = 'docs/runbook.md';

/** An alarm for everything that somebody has to look at, each with an article in the runbook; all go to the operators. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(props.topics.operators);
    this.all = watchesOf(props).map((watch) => {
      const alarm = this.alarmOf(watch);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }

  private alarmOf(watch: Watch): Alarm {
    const { id, says, metric, threshold, below, silence, periods = 1 } = watch;
    return new Alarm(this, id, {
      alarmDescription: `${says} What to do: ${RUNBOOK}#${anchor(id)}`,
      metric: silence === 'fine' ? metric : withoutGaps(watch),
      threshold,
      evaluationPeriods: periods,
      comparisonOperator:
        below === undefined
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: silence === 'fine' ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
    });
  }
}

/**
 * A metric that says what is in trouble's range where it would say nothing. An alarm by itself looks some periods further
 * back for a value before it takes silence for trouble, which makes hours of two and days of one.
 */
function withoutGaps({ id, metric, threshold, below }: Watch): MathExpression {
  const { period } = metric.toMetricConfig().metricStat ?? {};
  if (period === undefined) throw new Error(`${id} watches no single metric`);
  return new MathExpression({
    expression: `FILL(said, ${below === undefined ? threshold : 0})`,
    usingMetrics: { said: metric },
    label: id,
    period,
  });
}

/** The anchor of an alarm's article: `OverdueSession` is at `#overdue-session`. */
function anchor(id: string): string {
  return id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
