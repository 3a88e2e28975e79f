import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMiddleware } from '../../lambdas/middleware.ts';

const context = {
  awsRequestId: 'request-1',
  functionName: 'deliver',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:deliver',
  getRemainingTimeInMillis: () => 1000,
} as unknown as Context;

describe('the middleware', () => {
  let written: string[] = [];
  beforeEach(() => {
    written = [];
    // Powertools writes through a console of its own, which ends here.
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        written.push(String(text));
        return true;
      });
    }
  });
  afterEach(() => vi.restoreAllMocks());

  const entries = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  const call = async (work: (middleware: ReturnType<typeof openMiddleware>) => void): Promise<unknown> => {
    const middleware = openMiddleware('Tidemark-dev');
    const handler = middleware.wrap(async (event: { readonly secret: string }) => {
      work(middleware);
      return event.secret.length;
    });
    return await (handler as (event: unknown, context: Context) => Promise<unknown>)(
      { secret: 'hush' },
      context,
    );
  };

  it('writes one JSON line a decision with the request it belongs to, and never the event', async () => {
    expect(
      await call(({ instruments }) => instruments.line('warn', { what: 'sent', subject: 'a/b', why: 'x' })),
    ).toBe(4);
    expect(entries()).toHaveLength(1);
    expect(entries()[0]).toMatchObject({
      level: 'WARN',
      message: 'sent',
      subject: 'a/b',
      why: 'x',
      service: 'Tidemark-dev',
      function_request_id: 'request-1',
    });
    expect(written.join('')).not.toContain('hush');
  });

  it('writes the figures of a run as one record in embedded metric format, under the one dimension', async () => {
    await call(({ instruments }) => {
      instruments.figure('secondPublishes', 1);
      instruments.figure('overdue', 0);
    });
    expect(entries()).toHaveLength(1);
    expect(entries()[0]).toMatchObject({
      service: 'Tidemark-dev',
      SecondPublishes: 1,
      Overdue: 0,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Tidemark',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'SecondPublishes', Unit: 'Count' },
              { Name: 'Overdue', Unit: 'Count' },
            ],
          },
        ],
      },
    });
  });

  it('writes the figures also of a run that fails', async () => {
    const failing = call(({ instruments }) => {
      instruments.figure('sent', 2);
      throw new Error('cut off');
    });
    await expect(failing).rejects.toThrow('cut off');
    expect(entries().some((entry) => entry['Sent'] === 2)).toBe(true);
  });
});
