import { describe, expect, it } from 'vitest';
import { createArchiveBuilder } from '../../shared/series/archive.ts';
import { breaks } from '../../shared/series/breaks.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import { archiveOf, calendar, closeOf, market, now, series } from './ground.ts';

const EVER = Number.POSITIVE_INFINITY;
const NONE = Number.NaN;
const values = (snapshot: Snapshot, id: string): number[] => [...snapshot.canonical(id).values];
const latest = (snapshot: Snapshot, id: string): number[] => [...snapshot.latest(id).values];

describe('a snapshot', () => {
  it('reaches from the first loaded value to the last', () => {
    const snapshot = snapshotOf(
      archiveOf(series('A.close', ['2026-01-05', 1]), series('B.close', ['2026-01-02', 2])),
      EVER,
    );
    expect(snapshot.sessions).toEqual(['2026-01-02', '2026-01-05']);
    expect(snapshot.origin).toBe(calendar.ordinal('2026-01-02'));
    expect(values(snapshot, 'A.close')).toEqual([NONE, 1]);
    expect([
      snapshot.index('2026-01-05'),
      snapshot.index('2026-01-06'),
      snapshot.index('2026-01-03'),
    ]).toEqual([1, undefined, undefined]);
    expect(snapshot.index('no date')).toBeUndefined();
  });

  it('is empty where nothing is known', () => {
    const archive = archiveOf(series('A.close', ['2026-01-05', 1]));
    const before = snapshotOf(archive, closeOf('2026-01-05') - 1);
    expect([before.length, before.sessions, values(before, 'A.close')]).toEqual([0, [], []]);
    expect(snapshotOf(archiveOf(), EVER).length).toBe(0);
    expect(before.membership('BOTH').members).toEqual([]);
  });

  it('ends at the last session with a value known then', () => {
    const archive = archiveOf(series('A.close', ['2026-01-02', 1], ['2026-01-05', 2], ['2026-01-07', 3]));
    expect(snapshotOf(archive, closeOf('2026-01-06')).sessions.at(-1)).toBe('2026-01-05');
    expect(snapshotOf(archive, closeOf('2026-01-07')).length).toBe(4);
  });

  it('gives no data for a series nobody knows', () => {
    const snapshot = snapshotOf(archiveOf(series('A.close', ['2026-01-02', 1])), EVER);
    expect(values(snapshot, 'ZZZ.close')).toEqual([NONE]);
    expect(snapshot.membership('ZZZ')).toEqual({
      members: [],
      on: new Uint8Array(0),
      size: new Uint16Array(1),
    });
  });

  it('shows a revision from when it became known and not before', () => {
    const known = closeOf('2026-01-06');
    const archive = archiveOf(
      series('A.close', ['2026-01-02', 10], ['2026-01-02', 12, known], ['2026-01-06', 11]),
    );
    expect(values(snapshotOf(archive, known - 1), 'A.close')).toEqual([10]);
    expect(values(snapshotOf(archive, known), 'A.close')).toEqual([12, NONE, 11]);
  });
});

describe('splits', () => {
  const archive = archiveOf(
    series('A.close', ['2026-01-02', 100], ['2026-01-05', 51], ['2026-01-07', 5.2]),
    series('A.split', ['2026-01-05', 2], ['2026-01-06', 10]),
    series('A.volume', ['2026-01-02', 7]),
    series('A.total_return', ['2026-01-02', 99]),
  );

  it('bring closes to the basis of the first session, and of the latest split known', () => {
    const snapshot = snapshotOf(archive, EVER);
    expect(values(snapshot, 'A.close')).toEqual([100, 102, NONE, 104]);
    expect(latest(snapshot, 'A.close')).toEqual([5, 5.1, NONE, 5.2]);
    expect([...snapshot.splitFactor('A')]).toEqual([1, 2, 20, 20]);
    expect([...snapshot.splitFactor('B')]).toEqual([1, 1, 1, 1]);
  });

  it('count only once they are known', () => {
    const snapshot = snapshotOf(archive, closeOf('2026-01-05'));
    expect(latest(snapshot, 'A.close')).toEqual([50, 51]);
  });

  it('leave volume and total return alone', () => {
    const snapshot = snapshotOf(archive, EVER);
    expect(latest(snapshot, 'A.volume')[0]).toBe(7);
    expect(latest(snapshot, 'A.total_return')[0]).toBe(99);
  });

  it('change past values when revised', () => {
    const known = closeOf('2026-01-06');
    const revised = archiveOf(
      series('A.close', ['2026-01-02', 100], ['2026-01-05', 50], ['2026-01-06', 50]),
      series('A.split', ['2026-01-05', 4], ['2026-01-05', 2, known]),
    );
    expect(values(snapshotOf(revised, known - 1), 'A.close')).toEqual([100, 200]);
    expect(values(snapshotOf(revised, known), 'A.close')).toEqual([100, 100, 100]);
  });
});

describe('breaks', () => {
  const jump = (before: number, after: number): readonly number[] => {
    const archive = archiveOf(series('A.close', ['2026-01-02', before], ['2026-01-06', after]));
    return snapshotOf(archive, EVER).canonical('A.close').breaks;
  };

  it('are jumps below 0.6 or above 1.6 times the close before, the last present', () => {
    expect(jump(100, 59.99)).toEqual([2]);
    expect(jump(100, 160.01)).toEqual([2]);
    expect(jump(100, 60)).toEqual([]);
    expect(jump(100, 160)).toEqual([]);
  });

  it('leave a jump of exactly 0.6 or 1.6 alone in every decimal', () => {
    for (let cents = 5; cents < 20_000; cents += 5) {
      expect([jump(cents / 100, (cents * 60) / 10_000), jump(cents / 100, (cents * 160) / 10_000)]).toEqual([
        [],
        [],
      ]);
      if (cents > 200) cents += 1005;
    }
  });

  it('are explained by a split, and made by a split that leaves a jump', () => {
    const closes = series('A.close', ['2026-01-02', 100], ['2026-01-05', 50], ['2026-01-06', 50]);
    const explained = archiveOf(closes, series('A.split', ['2026-01-05', 2]));
    const left = archiveOf(closes, series('A.split', ['2026-01-05', 2], ['2026-01-06', 2]));
    expect(snapshotOf(explained, EVER).canonical('A.close').breaks).toEqual([]);
    expect(snapshotOf(left, EVER).canonical('A.close').breaks).toEqual([2]);
    expect(snapshotOf(left, EVER).latest('A.close').breaks).toEqual([2]);
  });

  it('are not found on a listed move, nor in another field', () => {
    const archive = archiveOf(
      series('B.close', ['2026-01-06', 100], ['2026-01-07', 10], ['2026-01-08', 100]),
      series('B.volume', ['2026-01-06', 100], ['2026-01-07', 10]),
    );
    const snapshot = snapshotOf(archive, EVER);
    expect(breaks(snapshot)).toEqual([{ instrument: 'B', session: '2026-01-08', ratio: 10 }]);
    expect(snapshot.canonical('B.volume').breaks).toEqual([]);
  });

  it('are gone once accepted, or once a revision explains them', () => {
    const known = closeOf('2026-01-07');
    const builder = createArchiveBuilder({ market, calendar, now });
    const rows = [
      ...series('A.close', ['2026-01-02', 10], ['2026-01-05', 20], ['2026-01-07', 20]),
      ...series('B.close', ['2026-01-02', 10], ['2026-01-05', 20], ['2026-01-05', 11, known]),
    ];
    for (const row of rows) builder.add(row);
    builder.accept({ instrument: 'A', session: '2026-01-05', known });
    const archive = builder.build();
    expect(breaks(snapshotOf(archive, known - 1)).map(({ instrument }) => instrument)).toEqual(['A', 'B']);
    expect(breaks(snapshotOf(archive, known))).toEqual([]);
  });
});

describe('levels and events', () => {
  // 2026-01-02 is a Friday; the market is open from Monday the 5th to Friday the 9th.
  const frame = series('A.close', ['2026-01-02', 1], ['2026-01-12', 1]);

  it('carry a level through stale_after sessions and divide percent', () => {
    const snapshot = snapshotOf(archiveOf(frame, series('RATE.upper', ['2026-01-05', 3.75])), EVER);
    expect(values(snapshot, 'RATE.upper')).toEqual([NONE, 0.0375, 0.0375, 0.0375, NONE, NONE, NONE]);
  });

  it('count the age of a level from the session it belongs to', () => {
    const snapshot = snapshotOf(archiveOf(frame, series('RATE.upper', ['2026-01-03', 4])), EVER);
    expect(values(snapshot, 'RATE.upper')).toEqual([NONE, 0.04, 0.04, 0.04, NONE, NONE, NONE]);
  });

  it('carry a level without stale_after for ever', () => {
    const snapshot = snapshotOf(archiveOf(frame, series('RATE.open_end', ['2026-01-02', 15])), EVER);
    expect(values(snapshot, 'RATE.open_end')).toEqual([15, 15, 15, 15, 15, 15, 15]);
  });

  it("let the latest date of a weekend count, and Monday's own before it", () => {
    const weekend = series('RATE.open_end', ['2026-01-04', 2], ['2026-01-03', 1]);
    expect(values(snapshotOf(archiveOf(frame, weekend), EVER), 'RATE.open_end')[1]).toBe(2);
    const monday = series('RATE.open_end', ['2026-01-05', 3]);
    expect(values(snapshotOf(archiveOf(frame, monday, weekend), EVER), 'RATE.open_end')[1]).toBe(3);
  });

  it('make a weekend level known from the next close', () => {
    const archive = archiveOf(frame, series('RATE.open_end', ['2026-01-04', 2]));
    expect(snapshotOf(archive, closeOf('2026-01-05') - 1).length).toBe(1);
    expect(values(snapshotOf(archive, closeOf('2026-01-05')), 'RATE.open_end')).toEqual([NONE, 2]);
  });

  it('give an event a value only on its session, divided where it is in basis points', () => {
    const events = series('MEETING.change_bp', ['2026-01-04', -25], ['2026-01-07', 0]);
    expect(values(snapshotOf(archiveOf(frame, events), EVER), 'MEETING.change_bp')).toEqual([
      NONE,
      -0.0025,
      NONE,
      0,
      NONE,
      NONE,
      NONE,
    ]);
  });
});

describe('membership', () => {
  const builder = createArchiveBuilder({ market, calendar, now });
  for (const row of series('A.close', ['2026-01-02', 1], ['2026-01-07', 1])) builder.add(row);
  const spans: readonly (readonly [string, string | null, string | null])[] = [
    ['C', null, '2026-01-05'],
    ['B', '2026-01-03', '2026-01-06'],
    ['A', '1957-03-04', null],
    ['C', '2026-01-07', '2040-01-01'],
    ['D', '2026-01-03', '2026-01-05'],
  ];
  for (const [instrument, from, to] of spans)
    builder.addMembership({ universe: 'DATED', instrument, from, to });
  const snapshot = snapshotOf(builder.build(), EVER);

  it('takes from as inclusive, to as exclusive, and either as open', () => {
    const { members, on, size } = snapshot.membership('DATED');
    expect(members).toEqual(['A', 'B', 'C']);
    expect([...on]).toEqual([1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1]);
    expect([...size]).toEqual([2, 2, 1, 2]);
  });

  it('keeps the members of a declared list on every session', () => {
    const { members, on, size } = snapshot.membership('BOTH');
    expect([members, [...on], [...size]]).toEqual([['A', 'B'], Array(8).fill(1), Array(4).fill(2)]);
  });
});
