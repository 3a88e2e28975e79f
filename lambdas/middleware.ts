import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import withMiddleware from '@middy/core';
import type { Instruments } from './instruments.ts';
import { metricName, NAMESPACE } from './metrics.ts';

/** A handler as Lambda calls it. */
export type Handle<Event, Answer> = (event: Event) => Promise<Answer>;

/** The wrapper of every handler of one function, and where the handlers speak to. */
export interface Middleware {
  readonly instruments: Instruments;
  readonly wrap: <Event, Answer>(handle: Handle<Event, Answer>) => Handle<Event, Answer>;
}

/** A run out of time is ended by Lambda: answered early, it would go on unseen behind its answer. */
const NO_EARLY_ANSWER = { timeoutEarlyInMillis: 0 };

/**
 * JSON lines with the request's id, figures in embedded metric format written when the handler has ended, well or not. The
 * event itself is never logged.
 */
export function openMiddleware(service: string): Middleware {
  const logger = new Logger({ serviceName: service, logLevel: 'INFO' });
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: service });
  // The package's own middleware says a line of its own for every run without a figure.
  const write = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return {
    instruments: {
      line: (level, { what, subject, why }) => logger[level](what, { subject, why }),
      figure: (name, value) => metrics.addMetric(metricName(name), MetricUnit.Count, value),
    },
    wrap: (handle) =>
      withMiddleware((event: Parameters<typeof handle>[0]) => handle(event), NO_EARLY_ANSWER)
        .use(injectLambdaContext(logger))
        .use({ after: write, onError: write }) as unknown as typeof handle,
  };
}
