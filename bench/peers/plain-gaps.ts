import { mean, type Numbers, type Plain } from './plain-statistics.ts';

// As `plain.ts`, where closes may be missing: a window has a value today and on 95% of its sessions.

const isThere = (value: number): boolean => !Number.isNaN(value);
const required = (n: number): number => (n < 20 ? n : Math.ceil((19 * n) / 20));

function firstOf(x: Numbers): number {
  const first = x.findIndex(isThere);
  return first < 0 ? x.length : first;
}

function windows(x: Numbers, n: number, statistic: (window: Numbers) => number): number[] {
  const first = firstOf(x);
  return x.map((today, t) => {
    if (Number.isNaN(today) || t < first + n - 1) return Number.NaN;
    const present = x.slice(t - n + 1, t + 1).filter(isThere);
    return present.length >= required(n) ? statistic(present) : Number.NaN;
  });
}

function streaks(a: Numbers, b: Numbers): number[] {
  let run = 0;
  return a.map((value, t) => {
    if (value > b[t]!) run++;
    else if (value <= b[t]!) run = 0;
    return run;
  });
}

function correlation(a: Numbers, b: Numbers, n: number): number[] {
  const both = a.map((value, t) => (Number.isNaN(value + b[t]!) ? Number.NaN : t));
  return windows(both, n, (places) => {
    const [x, y] = [places.map((t) => a[t]!), places.map((t) => b[t]!)];
    const [mx, my] = [mean(x), mean(y)];
    const shared = mean(x.map((value, i) => (value - mx) * (y[i]! - my)));
    const [sx, sy] = [mean(x.map((value) => (value - mx) ** 2)), mean(y.map((value) => (value - my) ** 2))];
    return shared / Math.sqrt(sx * sy);
  });
}

function percentRank(x: Numbers, n: number): number[] {
  const first = firstOf(x);
  return x.map((value, t) => {
    if (Number.isNaN(value) || t < first + n) return Number.NaN;
    const earlier = x.slice(t - n, t).filter(isThere);
    if (earlier.length < required(n)) return Number.NaN;
    return earlier.filter((one) => one <= value).length / earlier.length;
  });
}

function zscore(x: Numbers, n: number): number[] {
  return windows(x, n, (window) => {
    const centre = mean(window);
    return (window.at(-1)! - centre) / Math.sqrt(mean(window.map((one) => (one - centre) ** 2)));
  });
}

function ema(x: Numbers, n: number): number[] {
  const seen: number[] = [];
  let average = Number.NaN;
  return x.map((value) => {
    if (Number.isNaN(value)) return Number.NaN;
    seen.push(value);
    if (seen.length === n) average = mean(seen);
    else if (seen.length > n) average += (2 / (n + 1)) * (value - average);
    return average;
  });
}

function breadth(members: readonly Numbers[], year: Int32Array, size: Int32Array): number[] {
  const bases = members.map((x) => {
    let [base, last] = [Number.NaN, Number.NaN];
    return x.map((value, t) => {
      if (t > 0 && year[t] !== year[t - 1]) base = last;
      if (isThere(value)) last = value;
      return base;
    });
  });
  return [...year].map((_, t) => {
    const moves = members.map((x, m) => x[t]! / bases[m]![t]! - 1).filter(isThere);
    if (moves.length === 0 || moves.length < 0.95 * size[t]!) return Number.NaN;
    return moves.filter((move) => move > 0).length / moves.length;
  });
}

export const withGaps: Plain = { windows, streaks, correlation, percentRank, zscore, ema, breadth };
