import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../cdk/cron.ts';
import { plain, reference, resourcesOf, templateOf } from './template.ts';

interface Schedule {
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone: string;
  readonly Target: {
    readonly Arn: unknown;
    readonly Input: string;
    readonly DeadLetterConfig: { readonly Arn: unknown };
    readonly RetryPolicy: {
      readonly MaximumRetryAttempts: number;
      readonly MaximumEventAgeInSeconds: number;
    };
  };
}

const schedules = [...resourcesOf(templateOf(), 'AWS::Scheduler::Schedule').values()].map(
  ({ Properties }) => Properties as unknown as Schedule,
);
const ingest = new Map(
  schedules
    .filter(({ Target }) => reference(Target.Arn).startsWith('{Ingest'))
    .map((schedule) => [(JSON.parse(schedule.Target.Input) as { run: string }).run, schedule]),
);

/** The next times of an expression, in New York, by another reader of cron than ours. */
function times(
  { ScheduleExpression, ScheduleExpressionTimezone }: Schedule,
  from: string,
  count: number,
): string[] {
  const [minutes, hours, , month, weekday] = ScheduleExpression.slice(5, -1).split(' ');
  const cron = new Cron(`${minutes} ${hours} * ${month} ${weekday}`, {
    timezone: ScheduleExpressionTimezone,
  });
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: ScheduleExpressionTimezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return cron.nextRuns(count, new Date(from)).map((date) => format.format(date).replace(' ', ' '));
}

describe('the schedules', () => {
  it('are five runs of ingest, the sweep and the daily look at the subscriptions', () => {
    expect([...ingest.keys()].toSorted()).toEqual([
      'evening-final',
      'evening-first',
      'evening-second',
      'evening-third',
      'morning',
    ]);
    expect(schedules).toHaveLength(7);
  });

  it('stand in a zone that exists, and say times that do', () => {
    for (const { ScheduleExpression, ScheduleExpressionTimezone } of schedules) {
      expect(ScheduleExpressionTimezone).toBe('America/New_York');
      expect(Intl.supportedValuesOf('timeZone')).toContain(ScheduleExpressionTimezone);
      if (ScheduleExpression !== 'rate(5 minutes)') expect(cronProblem(ScheduleExpression)).toBeNull();
    }
  });

  it.each([
    ['evening-first', ['Mon 17:20', 'Tue 17:20', 'Wed 17:20', 'Thu 17:20', 'Fri 17:20', 'Mon 17:20']],
    ['evening-second', ['Mon 18:30', 'Tue 18:30', 'Wed 18:30', 'Thu 18:30', 'Fri 18:30', 'Mon 18:30']],
    ['evening-third', ['Mon 20:20', 'Tue 20:20', 'Wed 20:20', 'Thu 20:20', 'Fri 20:20', 'Mon 20:20']],
    ['evening-final', ['Tue 00:20', 'Wed 00:20', 'Thu 00:20', 'Fri 00:20', 'Sat 00:20', 'Tue 00:20']],
    ['morning', ['Tue 08:30', 'Wed 08:30', 'Thu 08:30', 'Fri 08:30', 'Sat 08:30', 'Tue 08:30']],
  ])('wake ingest for %s after every weekday, in summer and in winter time', (run, expected) => {
    const schedule = ingest.get(run);
    if (schedule === undefined) throw new Error(`no schedule for ${run}`);
    // Both weeks begin with a Monday; the clocks change on the Sundays before them.
    for (const monday of ['2026-03-09T05:30:00Z', '2026-11-02T06:30:00Z']) {
      expect(times(schedule, monday, 6)).toEqual(expected);
    }
  });

  it('hand over what they could not deliver, after ten attempts within an hour', () => {
    for (const { Target } of schedules) {
      expect(plain(reference(Target.DeadLetterConfig.Arn))).toBe('{QueuesUndelivered.Arn}');
      expect(Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 });
    }
  });

  it('take the time of a run from the settings', () => {
    const changed = templateOf({ schedules: '{"morning":"cron(0 9 ? * TUE-SAT *)"}' });
    const expressions = [...resourcesOf(changed, 'AWS::Scheduler::Schedule').values()].map(
      ({ Properties }) => Properties['ScheduleExpression'],
    );
    expect(expressions).toContain('cron(0 9 ? * TUE-SAT *)');
    expect(expressions).not.toContain('cron(30 8 ? * TUE-SAT *)');
  });
});

describe('the watchdog', () => {
  it('hangs on a rule of its own that fires every hour of every day', () => {
    const rules = [...resourcesOf(templateOf(), 'AWS::Events::Rule').values()];
    const hourly = rules.filter(({ Properties }) => Properties['ScheduleExpression'] !== undefined);
    expect(hourly.map(({ Properties }) => Properties['ScheduleExpression'])).toEqual(['cron(5 * * * ? *)']);
    expect(cronProblem('cron(5 * * * ? *)')).toBeNull();
    expect(JSON.stringify(hourly[0])).toContain('WatchdogFunction');
  });
});
