import type { Engine, Range } from '../expression/engine.ts';
import { type Reads, reads } from '../expression/reads.ts';
import { NO_DATA } from '../expression/types.ts';
import type { Snapshot } from '../series/snapshot.ts';
import type { Verdicts } from './lifecycle.ts';
import type { Rule } from './rule.ts';

/**
 * What a rule sees on each session of the engine's snapshot: codes as long as the snapshot, computed within the range,
 * no data outside it.
 *
 * `when` is no data where the expression has none, where a price it reads on the session is missing, and where fewer
 * members of a universe have a price it reads than the universe's coverage asks for (DESIGN section 5). `excused` marks
 * sessions of no data on which prices and levels are all there and only an event has no value.
 */
export function verdictsOf(rule: Rule, engine: Engine, range?: Range): Verdicts {
  const { snapshot } = engine;
  const { from, to } = range ?? { from: 0, to: snapshot.length };
  const read = reads(rule.when.expression, snapshot.market);
  const complete = completeSessions(read, snapshot, { from, to });
  const conditions = engine.conditions(rule.when.expression, range);
  const resolving = engine.conditions(rule.resolveWhen.expression, range);
  const when = new Uint8Array(snapshot.length);
  const resolve = new Uint8Array(snapshot.length);
  const excused = new Uint8Array(snapshot.length);
  const lacksEvent = eventGaps(read, snapshot);
  for (let index = from; index < to; index += 1) {
    resolve[index] = resolving[index] ?? NO_DATA;
    if (complete[index] === 0) continue;
    const code = conditions[index] ?? NO_DATA;
    when[index] = code;
    if (code === NO_DATA && lacksEvent(index)) excused[index] = 1;
  }
  return { when, resolve, excused };
}

/** 1 on sessions on which every price is there and every universe covered. */
function completeSessions(read: Reads, snapshot: Snapshot, range: Range): Uint8Array {
  const complete = new Uint8Array(snapshot.length).fill(1, range.from, range.to);
  for (const id of read.prices) {
    const { values } = snapshot.canonical(id);
    for (let index = range.from; index < range.to; index += 1) {
      if (Number.isNaN(values[index] ?? Number.NaN)) complete[index] = 0;
    }
  }
  for (const { universe, fields } of read.universes) {
    for (const field of fields) {
      const covered = coverageOf(snapshot, universe, field, range);
      for (let index = range.from; index < range.to; index += 1) {
        if (covered[index] === 0) complete[index] = 0;
      }
    }
  }
  return complete;
}

/** Coverage over whole snapshots, which every rule over the same universe shares. */
const whole = new WeakMap<Snapshot, Map<string, Uint8Array>>();

function coverageOf(snapshot: Snapshot, universe: string, field: string, range: Range): Uint8Array {
  if (range.from !== 0 || range.to !== snapshot.length)
    return countCoverage(snapshot, universe, field, range);
  const known = whole.get(snapshot) ?? new Map<string, Uint8Array>();
  whole.set(snapshot, known);
  const key = `${universe} ${field}`;
  const covered = known.get(key) ?? countCoverage(snapshot, universe, field, range);
  known.set(key, covered);
  return covered;
}

/** 1 on sessions on which enough of the universe's members have the price; 0 where it has no member. */
function countCoverage(snapshot: Snapshot, universe: string, field: string, range: Range): Uint8Array {
  const { members, on, size } = snapshot.membership(universe);
  const have = new Uint32Array(snapshot.length);
  for (const [m, member] of members.entries()) {
    const isPrice = (snapshot.market.instruments.get(member)?.fields.get(field)?.kind ?? 'price') === 'price';
    const { listed, first: listing } = snapshot.canonical(`${member}.${field}`);
    const base = m * snapshot.length;
    // Most members belong for a part of the history only: the search for it costs a fraction of the loop.
    const from = Math.max(range.from, isPrice ? listing : 0);
    const first = on.indexOf(1, base + from);
    const start = first < 0 ? range.to : first - base;
    for (let index = start; index < range.to; index += 1) {
      // Only a price counts as missing: a level carries forward, an event has its own days.
      if (on[base + index] === 1 && (!isPrice || !Number.isNaN(listed[index] ?? Number.NaN))) {
        have[index] = (have[index] ?? 0) + 1;
      }
    }
  }
  const coverage = snapshot.market.universes.get(universe)?.coverage ?? 1;
  const covered = new Uint8Array(snapshot.length);
  for (let index = range.from; index < range.to; index += 1) {
    const of = size[index] ?? 0;
    covered[index] = of > 0 && (have[index] ?? 0) / of >= coverage ? 1 : 0;
  }
  return covered;
}

/** Whether on a session some event has no value while every level has one. */
function eventGaps(read: Reads, snapshot: Snapshot): (index: number) => boolean {
  const isMissing = (id: string): ((index: number) => boolean) => {
    const { values } = snapshot.canonical(id);
    return (index) => Number.isNaN(values[index] ?? Number.NaN);
  };
  const events = read.events.map(isMissing);
  const levels = read.levels.map(isMissing);
  return (index) => events.some((missing) => missing(index)) && !levels.some((missing) => missing(index));
}
