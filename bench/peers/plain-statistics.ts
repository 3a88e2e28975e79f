export type Numbers = readonly number[];

/** The statistics that tasks ask of plain arrays. */
export interface Plain {
  windows(x: Numbers, n: number, statistic: (window: Numbers) => number): number[];
  streaks(a: Numbers, b: Numbers): number[];
  correlation(a: Numbers, b: Numbers, n: number): number[];
  percentRank(x: Numbers, n: number): number[];
  zscore(x: Numbers, n: number): number[];
  ema(x: Numbers, n: number): number[];
  /** `size` is how many members are listed on each session. */
  breadth(members: readonly Numbers[], year: Int32Array, size: Int32Array): number[];
}

export const mean = (x: Numbers): number => x.reduce((total, value) => total + value, 0) / x.length;

export const deviation = (x: Numbers): number => {
  const centre = mean(x);
  return Math.sqrt(mean(x.map((value) => (value - centre) ** 2)));
};
