import type { Factors } from './factors.ts';
import { createRandom } from './random.ts';
import { FOMC_DECISIONS, TARGET_BEFORE } from './story.ts';

/** Values of one field as a source would write them: percent in percent, basis points in basis points. */
export interface SampleField {
  readonly instrument: string;
  readonly field: string;
  readonly values: readonly (readonly [date: string, value: number])[];
}

const VALUATION_FIRST = '2008-01-01';
const WEIGHT_FIRST = '2015-01-01';
/** The discount at the end of 2025, and roughly where it began. */
const DISCOUNT_LAST = 0.31;
const DISCOUNT_FIRST = 0;
/** Where the discount drifts to without the last years' widening, and how many months that takes. */
const DISCOUNT_USUAL = 0.18;
const WIDENING = 30;

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

function lastOfMonths(factors: Factors, from: string): readonly number[] {
  const ends: number[] = [];
  for (let t = 0; t <= factors.before; t++) {
    const session = factors.sessions[t] ?? '';
    const following = factors.sessions[t + 1] ?? '';
    if (session >= from && session.slice(0, 7) !== following.slice(0, 7)) ends.push(t);
  }
  return ends;
}

/** Forward P/Es at every month's end: a discount that comes and goes for years, then widens to its widest. */
function forwardPes(seed: number, factors: Factors): readonly SampleField[] {
  const random = createRandom(seed, 'valuation');
  const ends = lastOfMonths(factors, VALUATION_FIRST);
  const large: [string, number][] = [];
  const small: [string, number][] = [];
  let swing = 0;
  for (const [i, t] of ends.entries()) {
    const way = i / (ends.length - 1);
    swing = 0.97 * swing + 0.014 * random.normal();
    const fading = Math.min(1, (ends.length - 1 - i) / WIDENING);
    const usual = DISCOUNT_FIRST + (DISCOUNT_USUAL - DISCOUNT_FIRST) * way + swing;
    const discount = fading * usual + (1 - fading) * DISCOUNT_LAST;
    const multiple = round(13 + 9.6 * way + 12 * swing * fading, 1);
    large.push([factors.sessions[t] ?? '', multiple]);
    small.push([factors.sessions[t] ?? '', round(multiple * (1 - discount), 1)]);
  }
  return [
    { instrument: 'SP500', field: 'forward_pe', values: large },
    { instrument: 'SP600', field: 'forward_pe', values: small },
  ];
}

/** Weight of the ten largest, in percent: rising for years with the lead of technology, slipping in January 2026. */
function topTenWeight(seed: number, factors: Factors): SampleField {
  const random = createRandom(seed, 'top ten');
  const first = factors.sessions.findIndex((session) => session >= WEIGHT_FIRST);
  const values: [string, number][] = [];
  let swing = 0;
  for (let t = first; t < factors.sessions.length; t++) {
    const way = Math.min(1, (t - first) / (factors.before - first));
    swing = 0.97 * swing + 0.06 * random.normal();
    const fading = Math.min(1, Math.max(0, factors.before - t) / 40);
    const january = Math.max(0, t - factors.before) * -0.075;
    values.push([factors.sessions[t] ?? '', round(18 + 17.7 * way + swing * fading + january, 3)]);
  }
  return { instrument: 'SP500', field: 'top10_weight', values };
}

/** The decisions as announced, and the target range they led to, stated again at every meeting. */
function policy(): readonly SampleField[] {
  let upper = TARGET_BEFORE;
  const targets = FOMC_DECISIONS.map(([date, change]): [string, number] => {
    upper += change / 100;
    return [date, upper];
  });
  return [
    { instrument: 'FOMC', field: 'change_bp', values: FOMC_DECISIONS },
    { instrument: 'FED', field: 'target_upper', values: targets },
    {
      instrument: 'FED',
      field: 'target_lower',
      values: targets.map(([date, value]) => [date, value - 0.25]),
    },
  ];
}

/** Valuations, concentration and policy. */
export function generateLevels(seed: number, factors: Factors): readonly SampleField[] {
  return [...forwardPes(seed, factors), topTenWeight(seed, factors), ...policy()];
}
