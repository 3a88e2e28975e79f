import type { Checksum, Contestant } from './tasks/contestant.ts';

/** What was measured of one contestant beside the engine. */
export interface Comparison {
  readonly task: string;
  readonly against: string;
  /** Median, least and greatest of the per-round ratios. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** The quarter of the ratios that is lower, and the one that is higher, begin and end here. */
  readonly quartiles: readonly [number, number];
  /** Median milliseconds of the engine and of the other. */
  readonly ms: number;
  readonly againstMs: number;
  /** The first call of each, which parses, plans and compiles. */
  readonly firstMs: number;
  readonly firstAgainstMs: number;
  readonly note: string;
}

/** Another contestant gave something else: the comparison is void. */
export interface Disagreement {
  readonly task: string;
  readonly against: string;
  readonly engine: Checksum;
  readonly other: Checksum;
}

/** How far counts may differ: means next to each other that rounding decides. */
const TOLERANCE = 1e-5;

/** Against these the ratio says how many times slower the engine is, against all others how many times faster. */
const YARDSTICKS: ReadonlySet<string> = new Set(['tuned', 'c']);

export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = ascending.length >> 1;
  return ascending.length % 2 === 1 ? ascending[middle]! : (ascending[middle - 1]! + ascending[middle]!) / 2;
}

/** The values a quarter of the way up and down. */
export function quartiles(values: readonly number[]): readonly [number, number] {
  const ascending = values.toSorted((a, b) => a - b);
  const quarter = (ascending.length - 1) >> 2;
  return [ascending[quarter]!, ascending[ascending.length - 1 - quarter]!];
}

interface Timed {
  readonly ms: number;
  readonly checksum: Checksum;
}

/** Repeats short work, so that one sample lasts some milliseconds. */
async function timed(contestant: Contestant, repeats: number): Promise<Timed> {
  let own = 0;
  const start = performance.now();
  let answer = await contestant.run();
  own += answer.ms ?? 0;
  for (let repeat = 1; repeat < repeats; repeat++) {
    answer = await contestant.run();
    own += answer.ms ?? 0;
  }
  const ms = (answer.ms === undefined ? performance.now() - start : own) / repeats;
  return { ms, checksum: answer.checksum };
}

const WARM_CALLS = 40;
const WARM_MS = 800;
const LONGEST_MS = 1500;

/**
 * Calls until V8 has compiled what there is to compile, which it does beside them and on a busy machine late, or it has
 * taken long enough; the last call's milliseconds.
 */
async function warmUp(contestant: Contestant): Promise<number> {
  const start = performance.now();
  const lasted = (): number => performance.now() - start;
  let last = await timed(contestant, 1);
  for (let call = 1; (call < WARM_CALLS || lasted() < WARM_MS) && lasted() < LONGEST_MS; call++) {
    last = await timed(contestant, 1);
  }
  return last.ms;
}

/** Long work gets fewer rounds and no repeats. */
function plan(firstMs: number, rounds: number): { rounds: number; repeats: number } {
  return {
    rounds: firstMs > 1500 ? Math.min(rounds, 3) : rounds,
    repeats: Math.max(1, Math.min(50, Math.floor(20 / firstMs))),
  };
}

function agree(engine: Checksum, other: Checksum): boolean {
  const parts = Object.entries(other);
  if (parts.length === 0) return false;
  return parts.every(([part, sum]) => {
    const own = engine[part];
    return own !== undefined && Math.abs(own - sum) <= TOLERANCE * Math.max(1, Math.abs(own));
  });
}

/** Runs the engine and one other in turn, changing who is first, and compares round by round. */
export async function compare(
  task: string,
  engine: Contestant,
  other: Contestant,
  rounds: number,
): Promise<Comparison | Disagreement> {
  const [first, firstOther] = [await timed(engine, 1), await timed(other, 1)];
  if (!agree(first.checksum, firstOther.checksum)) {
    return { task, against: other.name, engine: first.checksum, other: firstOther.checksum };
  }
  const own = plan(await warmUp(engine), rounds);
  const its = plan(await warmUp(other), rounds);
  const count = Math.min(own.rounds, its.rounds);
  const pairs: { ms: number; againstMs: number }[] = [];
  for (let round = 0; round < count; round++) {
    const one = async (): Promise<number> => (await timed(engine, own.repeats)).ms;
    const two = async (): Promise<number> => (await timed(other, its.repeats)).ms;
    const isOdd = round % 2 === 1;
    const [a, b] = isOdd ? [await two(), await one()] : [await one(), await two()];
    pairs.push(isOdd ? { ms: b, againstMs: a } : { ms: a, againstMs: b });
  }
  const slower = YARDSTICKS.has(other.name);
  const ratios = pairs.map(({ ms, againstMs }) => (slower ? ms / againstMs : againstMs / ms));
  return {
    task,
    against: other.name,
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    quartiles: quartiles(ratios),
    ms: median(pairs.map(({ ms }) => ms)),
    againstMs: median(pairs.map(({ againstMs }) => againstMs)),
    firstMs: first.ms,
    firstAgainstMs: firstOther.ms,
    note: other.note,
  };
}
