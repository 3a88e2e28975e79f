import { describe, expect, it } from 'vitest';
import { sampleFiles } from '../../local/sample/csv.ts';
import { generateSample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import { BEFORE_JANUARY, JANUARY_2026, QUIET_SINCE, SAMPLE_LAST } from '../../local/sample/story.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';

const calendar = createCalendar([]);
const shown = generateSample(SAMPLE_SEED, calendar);

type Values = readonly (readonly [date: string, value: number])[];

function valuesOf(sample: typeof shown, instrument: string, field = 'close'): Values {
  return sample.fields.find((each) => each.instrument === instrument && each.field === field)?.values ?? [];
}

function returns(values: Values): Map<string, number> {
  return new Map(values.slice(1).map(([date, value], i) => [date, value / (values[i]?.[1] ?? 1) - 1]));
}

/** The running streak of the small on every session. */
function streaks(sample: typeof shown): Map<string, number> {
  const small = returns(valuesOf(sample, 'IWM'));
  const large = returns(valuesOf(sample, 'SPY'));
  let run = 0;
  return new Map(
    [...small].map(([date, value]) => {
      run = value > (large.get(date) ?? 0) ? run + 1 : 0;
      return [date, run];
    }),
  );
}

describe('the published part of the sample', () => {
  it('carries the returns of both indices to a hundred-thousandth of a percent', () => {
    const small = returns(valuesOf(shown, 'IWM'));
    const large = returns(valuesOf(shown, 'SPY'));
    for (const day of JANUARY_2026) {
      expect(small.get(day.session)).toBeCloseTo(day.russell2000 / 100, 7);
      expect(large.get(day.session)).toBeCloseTo(day.sp500 / 100, 7);
    }
  });

  it('names the sessions of January in order, without a gap', () => {
    expect(JANUARY_2026.map(({ session }) => session)).toEqual(calendar.range('2026-01-01', SAMPLE_LAST));
  });

  it('ends on the last session of the story for every close', () => {
    for (const { instrument, field, values } of shown.fields) {
      if (field === 'close') expect([instrument, values.at(-1)?.[0]]).toEqual([instrument, SAMPLE_LAST]);
    }
  });

  it('holds the three cuts of 2025 and the target they led to', () => {
    const decisions = valuesOf(shown, 'FOMC', 'change_bp');
    expect(decisions.slice(-3)).toEqual([
      ['2025-09-17', -25],
      ['2025-10-29', -25],
      ['2025-12-10', -25],
    ]);
    expect(valuesOf(shown, 'FED', 'target_upper').at(-1)).toEqual(['2025-12-10', 3.75]);
  });
});

describe('the invented part of the sample', () => {
  it.each([SAMPLE_SEED, 1, 2, 3, 20260112])(
    'leads up to a seventh session on 12 January with seed %i',
    (seed) => {
      const runs = streaks(generateSample(seed, calendar));
      expect(runs.get(BEFORE_JANUARY)).toBe(0);
      expect(runs.get('2026-01-12')).toBe(7);
      expect(runs.get(SAMPLE_LAST)).toBe(13);
      const quiet = [...runs].filter(([date]) => date >= QUIET_SINCE && date <= BEFORE_JANUARY);
      expect(Math.max(...quiet.map(([, run]) => run))).toBeLessThan(7);
    },
  );

  it('has enough earlier streaks for a base rate, and none as long as that of January 2026', () => {
    const earlier = [...streaks(shown)].filter(([date]) => date <= BEFORE_JANUARY);
    expect(earlier.filter(([, run]) => run === 7).length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...earlier.map(([, run]) => run))).toBeLessThan(13);
  });

  it('moves within bounds that no check for breaks would question', () => {
    for (const { instrument, field, values } of shown.fields) {
      if (field !== 'close') continue;
      for (const [date, move] of returns(values)) {
        if (Math.abs(move) >= 0.3) expect.fail(`${instrument} moves by ${move} on ${date}`);
      }
    }
  });

  it('has prices on sessions only, above zero, in order', () => {
    for (const { instrument, field, values } of shown.fields) {
      if (field !== 'close') continue;
      const dates = values.map(([date]) => date);
      expect([instrument, dates]).toEqual([instrument, calendar.range(dates[0] ?? '', SAMPLE_LAST)]);
      expect(values.every(([, value]) => value > 0)).toBe(true);
    }
  });

  it('has five hundred members on every session since 2024', () => {
    for (const session of ['2024-01-02', '2024-11-01', '2025-06-02', SAMPLE_LAST]) {
      const members = shown.membership.filter(
        ({ from, to }) => from <= session && (to === null || session < to),
      );
      expect([session, members.length]).toEqual([session, 500]);
    }
  });

  it('is the same every time, and another with another seed', () => {
    expect(generateSample(SAMPLE_SEED, calendar)).toEqual(shown);
    expect(valuesOf(generateSample(SAMPLE_SEED + 1, calendar), 'SPY')).not.toEqual(valuesOf(shown, 'SPY'));
  });

  // Where these change, so must the edition in local/sample/folder.ts: folders written before are then written again.
  it('is the same on every machine', () => {
    expect(valuesOf(shown, 'SPY')[0]).toEqual(['2000-12-29', 110.54648]);
    expect(valuesOf(shown, 'IWM').at(-1)).toEqual(['2026-01-21', 267.472421]);
    expect(valuesOf(shown, 'SM001').at(-1)).toEqual(['2026-01-21', 225.896116]);
  });
});

describe('the sample as a folder of files', () => {
  const files = new Map(sampleFiles(shown).map(({ name, text }) => [name, text.split('\n')]));

  it('has one file per named instrument, one for the members and one for membership', () => {
    expect(files.get('SP500.csv')?.[0]).toBe('date,forward_pe,top10_weight');
    expect(files.get('IWM.csv')?.at(-2)).toMatch(/^2026-01-21,267\.\d+$/);
    expect(files.get('sample-members.csv')?.[0]).toBe('date,symbol,close');
    expect(files.get('universes.csv')?.[0]).toBe('universe,symbol,from,to');
    expect([...files.keys()].some((name) => name.startsWith('SM0'))).toBe(false);
  });

  it('leaves a cell empty where a field has no value on a date', () => {
    expect(files.get('SP500.csv')?.[1]).toMatch(/^2008-01-31,13,$/);
  });
});
