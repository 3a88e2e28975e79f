import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from '../../lambdas/environment.ts';
import { DIMENSION, type Figure, metricName, NAMESPACE } from '../../lambdas/metrics.ts';
import type { Ground } from './ground.ts';

/** One alarm: it goes off when the metric is at or above the threshold, or, where silence is trouble, when it is silent. */
export interface Watch {
  /** Its name, and its article in the runbook. */
  readonly id: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly below?: true;
  readonly silence: 'fine' | 'trouble';
  /** How many periods it must last; one unless said. */
  readonly periods?: number;
}

/** What the alarms watch. */
export interface AlarmsProps extends Pick<Ground, 'service' | 'topics' | 'queues'> {
  /** All there are; those of HTML mail only where it is sent. */
  readonly functions: ServiceFunctions;
  readonly api: HttpApi;
}

/** The functions of a deployment by name. */
export type ServiceFunctions = Readonly<
  Record<Exclude<FunctionName, MailFunction>, NodejsFunction> & Partial<Record<MailFunction, NodejsFunction>>
>;
type MailFunction = 'mail' | 'links';

/** Everything that is watched. */
export function watchesOf(props: AlarmsProps): readonly Watch[] {
  return [
    ...levelWatches(props),
    ...eventWatches(props),
    ...Object.entries(props.queues.deadLetterQueues).map(([name, queue]) => deadLetterWatch(name, queue)),
    ...Object.entries(props.functions).map(([name, one]) => failureWatch(name, one)),
    throttleWatch(props),
    ...apiWatches(props),
    ...ageWatches(props),
    ...stillnessWatches(props),
  ];
}

/** A figure of our own as a metric. */
export function ownMetric(service: string, figure: Figure, period: Duration, statistic: string): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName: metricName(figure),
    dimensionsMap: { [DIMENSION]: service },
    period,
    statistic,
  });
}

const FIVE_MINUTES = Duration.minutes(5);
const DAY = Duration.days(1);

/** What the watchdog says every hour; two hours, so that one late run is no page. */
function levelWatches({ service }: AlarmsProps): Watch[] {
  const level = (figure: Figure, statistic: string) =>
    ownMetric(service, figure, Duration.hours(2), statistic);
  return [
    {
      id: 'OverdueSession',
      says: 'A session was not evaluated by its deadline, or the watchdog has said nothing for two hours.',
      metric: level('overdue', Stats.MAXIMUM),
      threshold: 1,
      silence: 'trouble',
    },
    {
      id: 'RuleFailing',
      says: 'A rule is broken and not evaluated; all others are.',
      metric: level('failingRules', Stats.MAXIMUM),
      threshold: 1,
      silence: 'fine',
    },
    {
      id: 'DeliveryStuck',
      says: 'An alert has waited for more than an hour to be sent.',
      metric: level('stuckAlerts', Stats.MAXIMUM),
      threshold: 1,
      silence: 'fine',
    },
    {
      id: 'ValuesHeld',
      says: 'A value was held back and waits for somebody to accept or reject it.',
      metric: level('heldValues', Stats.MAXIMUM),
      threshold: 1,
      silence: 'fine',
    },
    {
      id: 'CalendarEnds',
      says: 'The calendar of sessions ends within two months.',
      metric: level('daysToHorizon', Stats.MINIMUM),
      threshold: 60,
      below: true,
      silence: 'fine',
    },
  ];
}

/** What happened once and must be looked at once. */
function eventWatches({ service, topics, functions }: AlarmsProps): Watch[] {
  const counted = (figure: Figure) => ownMetric(service, figure, FIVE_MINUTES, Stats.SUM);
  const fine = { threshold: 1, silence: 'fine' } as const;
  const refused: Watch = {
    id: 'MailRefused',
    says: 'SES refused a mail for good.',
    metric: counted('mailsRefused'),
    ...fine,
  };
  return [
    ...(functions.mail === undefined ? [] : [refused]),
    {
      id: 'RulesRefused',
      says: 'The rules of the deployment clash with rules edited by command; none was touched.',
      metric: counted('refusedRules'),
      ...fine,
    },
    {
      id: 'DeliveryFailed',
      says: 'An alert could not be published and will not be tried again.',
      metric: counted('failed'),
      ...fine,
    },
    {
      id: 'SecondPublish',
      says: 'An alert may have reached its subscribers twice.',
      metric: counted('secondPublishes'),
      ...fine,
    },
    {
      id: 'Findings',
      says: 'Recipients get nothing, or SMS is limited.',
      metric: ownMetric(service, 'subscriptionFindings', DAY, Stats.MAXIMUM),
      ...fine,
    },
    {
      id: 'NotificationsFailed',
      says: 'SNS accepted an alert and could not hand it over to a recipient.',
      metric: topics.alerts.metricNumberOfNotificationsFailed({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      ...fine,
    },
  ];
}

function deadLetterWatch(name: string, queue: Queue): Watch {
  return {
    id: `${capital(name)}NotEmpty`,
    says: `The queue of ${name} events is not empty.`,
    metric: queue.metricApproximateNumberOfMessagesVisible({
      period: FIVE_MINUTES,
      statistic: Stats.MAXIMUM,
    }),
    threshold: 1,
    silence: 'fine',
  };
}

function failureWatch(name: string, one: NodejsFunction): Watch {
  return {
    id: `${capital(name)}Failures`,
    says: `The function ${name} ended with an error.`,
    metric: one.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM }),
    threshold: 1,
    silence: 'fine',
  };
}

/** One alarm for all functions: they share what Lambda starts at once in an account. */
function throttleWatch({ functions }: AlarmsProps): Watch {
  const metrics = Object.entries(functions).map(
    ([name, one]) => [name, one.metricThrottles({ period: FIVE_MINUTES, statistic: Stats.SUM })] as const,
  );
  return {
    id: 'Throttled',
    says: 'Lambda did not start a function.',
    metric: new MathExpression({
      expression: metrics.map(([name]) => `FILL(${name}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(metrics),
      label: 'Throttles',
      period: FIVE_MINUTES,
    }),
    threshold: 1,
    silence: 'fine',
  };
}

/** What people at the console see of trouble: an answer of the 500s, and waiting. */
function apiWatches({ api }: AlarmsProps): Watch[] {
  return [
    {
      id: 'ApiServerErrors',
      says: 'The API answered with an error of its own.',
      metric: api.metricServerError({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      threshold: 1,
      silence: 'fine',
    },
    {
      id: 'ApiSlow',
      says: 'One answer of the API in a hundred took five seconds or more, for a quarter of an hour.',
      metric: api.metricLatency({ period: FIVE_MINUTES, statistic: Stats.percentile(99) }),
      threshold: Duration.seconds(5).toMilliseconds(),
      silence: 'fine',
      periods: 3,
    },
  ];
}

function ageWatches({ queues, functions }: AlarmsProps): Watch[] {
  const options = { period: FIVE_MINUTES, statistic: Stats.MAXIMUM };
  return [
    {
      id: 'EvaluationLate',
      says: 'A portion of rules has waited for half an hour.',
      metric: queues.evaluation.metricApproximateAgeOfOldestMessage(options),
      threshold: Duration.minutes(30).toSeconds(),
      silence: 'fine',
    },
    {
      id: 'StreamLate',
      says: 'New alerts have waited in the stream for a quarter of an hour.',
      metric: functions.deliver.metric('IteratorAge', options),
      threshold: Duration.minutes(15).toMilliseconds(),
      silence: 'fine',
    },
  ];
}

/** What never fails because it never runs shows as silence. */
function stillnessWatches({ functions }: AlarmsProps): Watch[] {
  const still = (name: 'deliver' | 'reconcile', period: Duration, often: string): Watch => ({
    id: `${capital(name)}NotRunning`,
    says: `The function ${name} runs ${often} and has not run.`,
    metric: functions[name].metricInvocations({ period, statistic: Stats.SUM }),
    threshold: 1,
    below: true,
    silence: 'trouble',
  });
  return [
    still('deliver', Duration.hours(1), 'every five minutes'),
    // Two days: where the clocks change, and by a second on any day, a day may pass between two runs.
    { ...still('reconcile', DAY, 'every day'), periods: 2 },
  ];
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
