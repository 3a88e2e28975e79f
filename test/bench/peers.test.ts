import { beforeAll, describe, expect, it } from 'vitest';
import { scopeOf, snapshotOf } from '../../bench/data/snapshot.ts';
import { createUniverse, SESSIONS, sizes } from '../../bench/data/universe.ts';
import { arraysWithGaps, compacted } from '../../bench/peers/indicators-gaps.ts';
import { plainContestant } from '../../bench/peers/plain.ts';
import { firstOfAll, required } from '../../bench/peers/windows.ts';
import type { Checksum, Contestant, Skipped } from '../../bench/tasks/contestant.ts';
import { checksumOf, engineContestant } from '../../bench/tasks/engine.ts';
import { type Task, textsOf } from '../../bench/tasks/rules.ts';
import { tunedContestant } from '../../bench/tuned/contestant.ts';

const universe = createUniverse('gaps');
const snapshot = snapshotOf(universe);

async function answerOf(contestant: Contestant | Skipped): Promise<Checksum> {
  if ('skipped' in contestant) throw new Error(contestant.skipped);
  return (await contestant.run()).checksum;
}

const answers = new Map<Task, Checksum>();

beforeAll(async () => {
  for (const task of ['a', 'c', 'd', 'f'] as const) {
    const engine = engineContestant(task, textsOf(task, universe), snapshot, scopeOf(snapshot));
    answers.set(task, await answerOf(engine));
  }
});

function expectSame(other: Checksum, task: Task): void {
  const own = answers.get(task) ?? {};
  expect(Object.keys(other)).toEqual(Object.keys(own));
  for (const [part, sum] of Object.entries(other)) {
    expect(Math.abs(sum / own[part]! - 1), `${task} ${part}`).toBeLessThan(1e-9);
  }
}

const whole = (x: readonly number[], n: number): number[] =>
  x.slice(n - 1).map((_, k) => x.slice(k, k + n).reduce((sum, value) => sum + value, 0) / n);

/** An exponential mean that begins with the first value. */
function ema(x: readonly number[], n: number): number[] {
  let average = x[0]!;
  return x.map((value) => (average += (2 / (n + 1)) * (value - average)));
}

describe('contestants where closes are missing', () => {
  it.each(['a', 'c', 'd', 'f'] as const)(
    'has tuned loops that answer task %s as the engine does',
    async (task) => {
      expectSame(await answerOf(tunedContestant(task, universe)), task);
    },
  );

  it.each(['a', 'd', 'f'] as const)(
    'has slices and maps that answer task %s as the engine does',
    async (task) => {
      expectSame(await answerOf(plainContestant(task, universe)), task);
    },
  );

  it('gets windows of sessions out of a library whose windows count values', async () => {
    const library = { name: 'any', sma: whole, ema, startsAtFirst: true };
    expectSame(await answerOf(arraysWithGaps(library, universe)), 'f');
  });

  it('seeds a library that seeds itself with the closes there are', async () => {
    const seeded = (x: readonly number[], n: number): number[] =>
      ema([whole(x.slice(0, n), n)[0]!, ...x.slice(n)], n);
    const library = { name: 'any', sma: whole, ema: seeded, startsAtFirst: false };
    expectSame(await answerOf(arraysWithGaps(library, universe)), 'f');
  });
});

describe('closes for libraries without holes', () => {
  it('keeps the session of each close and how many are before it', () => {
    const { filled, mask, present, sessions, before } = compacted(universe, 'IWM');
    const { values } = universe.closes('IWM');
    expect(filled).toHaveLength(SESSIONS);
    expect(present.length).toBeLessThan(SESSIONS);
    expect(before.at(-1)).toBe(present.length);
    sessions.forEach((t, k) => {
      expect([present[k], mask[t], before[t]]).toEqual([values[t], 1, k]);
    });
  });

  it('refuses a series that is listed late', () => {
    const late = universe.symbols.find((symbol) => universe.closes(symbol).listed > 0)!;
    expect(() => compacted(universe, late)).toThrow(late);
  });
});

describe('what contestants are told of windows', () => {
  it('asks for all values below 20 sessions and for 95% from there on', () => {
    expect([5, 19, 20, 60, 252].map(required)).toEqual([5, 19, 19, 57, 240]);
  });

  it('finds the first session on which all have a close, and a return', () => {
    const late = universe.symbols.find((symbol) => universe.closes(symbol).listed > 1)!;
    const { listed, values } = universe.closes(late);
    expect(firstOfAll(universe, [late], 0)).toBe(listed);
    const first = firstOfAll(universe, [late], 1);
    expect(first).toBeGreaterThan(listed);
    expect(values[first]! + values[first - 1]!).not.toBeNaN();
    expect(firstOfAll(universe, ['SPY', late], 0)).toBeGreaterThanOrEqual(listed);
  });

  it('counts the members listed on each session', () => {
    const size = sizes(universe);
    const listed = universe.members.map((member) => universe.closes(member).listed);
    for (const t of [0, 1000, SESSIONS - 1]) {
      expect(size[t]).toBe(listed.filter((first) => first <= t).length);
    }
  });
});

describe('checksums', () => {
  it('compares each of the seven rules by itself, and leaves out what a contestant has no way to', () => {
    expect(checksumOf('h', [1, 2, 3, 4, null, 6, 7])).toEqual({
      streak: 1,
      discount: 2,
      breadth: 3,
      correlation: 4,
      zscore: 6,
      average: 7,
    });
    expect(checksumOf('g', [1, 2, 3])).toEqual({ all: 6 });
  });
});
