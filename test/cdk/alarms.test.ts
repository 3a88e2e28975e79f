import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIMENSION, metricName, NAMESPACE } from '../../lambdas/metrics.ts';
import { ownFunctions, plain, resourcesOf, templateOf } from './template.ts';

interface AlarmProperties {
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly TreatMissingData: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  /** In place of one metric. */
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly MetricStat?: {
      readonly Metric: Pick<AlarmProperties, 'Namespace' | 'MetricName' | 'Dimensions'>;
      readonly Period: number;
    };
  }[];
}

/** An alarm on one metric in an expression as if it were on the metric. */
function unwrapped(properties: AlarmProperties): AlarmProperties & { readonly Expression?: string } {
  const [expression, only, ...more] = properties.Metrics ?? [];
  if (only?.MetricStat === undefined || more.length > 0) return properties;
  const { Metric, Period } = only.MetricStat;
  return { ...properties, ...Metric, Period, Expression: expression?.Expression ?? '' };
}

const template = templateOf({ mailFrom: 'alerts@example.com' });
const alarms = [...resourcesOf(template, 'AWS::CloudWatch::Alarm')].map(([id, { Properties }]) => ({
  id: id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, ''),
  ...unwrapped(Properties as unknown as AlarmProperties),
}));
const watching = (namespace: string, metric: string): string[] =>
  alarms
    .filter(({ Namespace, MetricName }) => Namespace === namespace && MetricName === metric)
    .map(({ Dimensions }) => plain(JSON.stringify(Dimensions)))
    .toSorted();
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

describe('the alarms', () => {
  it('watch every dead-letter queue', () => {
    const queues = [...resourcesOf(template, 'AWS::SQS::Queue')].filter(
      ([, { Properties }]) => Properties['RedrivePolicy'] === undefined,
    );
    const watched = watching('AWS/SQS', 'ApproximateNumberOfMessagesVisible');
    expect(watched).toHaveLength(queues.length);
    for (const [id] of queues) expect(watched.join()).toContain(id.replace(/[0-9A-F]{8}$/, ''));
  });

  it('watch every function for errors, and all together for starts that Lambda refused', () => {
    const functions = ownFunctions(template).map(([id]) => id);
    expect(watching('AWS/Lambda', 'Errors')).toHaveLength(functions.length);
    const throttled = JSON.stringify(alarms.find(({ id }) => id === 'Throttled'));
    for (const id of functions) expect(throttled).toContain(id);
  });

  it('watch what people at the console see: answers of the 500s, and waiting', () => {
    const api = alarms.filter(({ Namespace }) => Namespace === 'AWS/ApiGateway');
    expect(
      api.map(({ MetricName, Period, EvaluationPeriods }) => [MetricName, Period * EvaluationPeriods]),
    ).toEqual(
      expect.arrayContaining([
        ['5xx', 300],
        ['Latency', 900],
      ]),
    );
    for (const { Dimensions } of api) {
      expect(plain(JSON.stringify(Dimensions))).toMatch(/"ApiId","Value":\{"Ref":"FrontHttp/);
    }
  });

  it('watch the age of what waits', () => {
    expect(watching('AWS/SQS', 'ApproximateAgeOfOldestMessage')).toHaveLength(1);
    expect(watching('AWS/Lambda', 'IteratorAge')).toHaveLength(1);
  });

  it('take the silence of the watchdog for trouble, and of what only speaks of trouble for peace', () => {
    const silent = alarms
      .filter(({ TreatMissingData }) => TreatMissingData === 'breaching')
      .map(({ id }) => id);
    expect(silent.toSorted()).toEqual(['DeliverNotRunning', 'OverdueSession', 'ReconcileNotRunning']);
    for (const { TreatMissingData } of alarms)
      expect(['breaching', 'notBreaching']).toContain(TreatMissingData);
  });

  it('take silence for trouble at once, not some periods later as an alarm by itself does', () => {
    const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    const lasting = silent.map(({ id, Expression, Period, EvaluationPeriods }) => [
      ...[id, Expression],
      Period * EvaluationPeriods,
    ]);
    expect(lasting).toEqual([
      // Two hours leave an hourly watchdog one late run.
      ['OverdueSession', 'FILL(said, 1)', 7200],
      ['DeliverNotRunning', 'FILL(said, 0)', 3600],
      ['ReconcileNotRunning', 'FILL(said, 0)', 2 * 86_400],
    ]);
  });

  it('all tell the operators, also when it is over', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect(plain(JSON.stringify(AlarmActions))).toContain('TopicsOperators');
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  it('watch our own figures under the name and the dimension they are written with', () => {
    const own = alarms.filter(({ Namespace }) => Namespace === NAMESPACE);
    expect(own.map(({ MetricName }) => MetricName).toSorted()).toEqual(
      [
        'daysToHorizon',
        'failed',
        'failingRules',
        'heldValues',
        'mailsRefused',
        'overdue',
        'refusedRules',
        'secondPublishes',
        'stuckAlerts',
        'subscriptionFindings',
      ].map(metricName),
    );
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: DIMENSION, Value: 'Tidemark' }]);
  });

  it('have an article each in the runbook, which has no other', () => {
    const linked = alarms.map(
      ({ AlarmDescription }) => /docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1],
    );
    const articles = [...runbook.matchAll(/^### ([\w-]+)$/gm)].map(([, title]) => title?.toLowerCase());
    expect(new Set(linked)).toEqual(new Set(articles));
    expect(articles).toHaveLength(alarms.length);
    for (const article of runbook.split(/^### /m).slice(1)) {
      for (const part of ['**Description.**', '**Investigation.**', '**Resolution.**'])
        expect(article).toContain(part);
    }
  });
});
