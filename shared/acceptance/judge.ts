import {
  type Candidate,
  type Judged,
  keyOf,
  type RefuseReason,
  seriesOf,
  type Verdict,
} from './candidate.ts';
import { faultOf, type FaultGround } from './fault.ts';
import { judgeSession, type SessionGround } from './judge-session.ts';
import { judgeSplit } from './judge-split.ts';
import { choose } from './choose.ts';

/** What candidates are judged by. `known` is what is stored; those accepted are put into it. */
export interface JudgeGround extends FaultGround, Omit<SessionGround, 'following'> {
  /** Whether somebody rejected this value of this observation before. */
  rejected(candidate: Candidate): boolean;
}

/**
 * The gate between what providers say and the store: judges every candidate against what is stored, what other providers
 * say, the calendar and the market. The order of the candidates changes nothing. Never throws; every candidate gets one
 * verdict.
 */
export function judge(candidates: readonly Candidate[], ground: JudgeGround): readonly Judged[] {
  const judged: Judged[] = [];
  const refuse = (candidate: Candidate, reason: RefuseReason, detail: string): void => {
    judged.push({ candidate, verdict: { kind: 'refuse', reason, detail } });
  };
  const sound = candidates.filter((candidate) => {
    const fault = faultOf(candidate, ground);
    if (fault !== null) refuse(candidate, ...fault);
    else if (ground.rejected(candidate))
      refuse(candidate, 'rejected before', 'somebody looked at it and rejected it');
    else return true;
    return false;
  });
  const single = [...Map.groupBy(sound, (one) => `${one.source} ${keyOf(one)}`).values()].flatMap((said) =>
    onlyOne(said, refuse),
  );
  const ordered = single.toSorted(
    (a, b) => compare(a.date, b.date) || compare(keyOf(a), keyOf(b)) || a.rank - b.rank,
  );
  const [splits, values] = partition(ordered, ({ field }) => field === 'split');
  judged.push(...judgeSplits(splits, values, ground));
  const lines = Map.groupBy(values, (one) => `${one.source} ${seriesOf(one)}`);
  const following = (candidate: Candidate): readonly Candidate[] =>
    (lines.get(`${candidate.source} ${seriesOf(candidate)}`) ?? []).filter(
      ({ date }) => date > candidate.date,
    );
  for (const said of Map.groupBy(values, ({ date }) => date).values()) {
    judged.push(...judgeSession(said, { ...ground, following }));
  }
  return judged;
}

/** One row of a source for an observation: the same said twice counts once, and of two that differ none does. */
function onlyOne(
  said: readonly Candidate[],
  refuse: (candidate: Candidate, reason: RefuseReason, detail: string) => void,
): readonly Candidate[] {
  const [first, ...more] = said;
  if (first === undefined || more.length === 0) return said;
  const agreed = more.every(({ value }) => value === first.value);
  for (const one of agreed ? more : said) {
    refuse(
      one,
      'duplicate',
      agreed ? 'the row is there twice' : 'rows of one observation contradict each other',
    );
  }
  return agreed ? [first] : [];
}

/** Splits come before the closes that they explain. */
function judgeSplits(
  splits: readonly Candidate[],
  values: readonly Candidate[],
  ground: JudgeGround,
): readonly Judged[] {
  const judged: Judged[] = [];
  const closes = Map.groupBy(
    values.filter(({ field }) => field === 'close'),
    ({ instrument }) => instrument,
  );
  for (const said of Map.groupBy(splits, keyOf).values()) {
    const [first] = said;
    if (first === undefined) continue;
    const series = seriesOf(first);
    const value = ground.known.at(series, first.date);
    const stored = value === undefined ? null : { value, source: ground.sourceOf(series, first.date) };
    const { chosen, others } = choose(said, stored, 'ratio');
    judged.push(...others);
    if (chosen === null) continue;
    const sayers = [chosen.candidate, ...others.filter(agrees).map(({ candidate }) => candidate)];
    const all = closes.get(first.instrument) ?? [];
    const verdict = splitVerdict(sayers, all, ground);
    const { candidate } = chosen;
    if (verdict.kind === 'accept') ground.known.set(series, candidate.date, candidate.value);
    judged.push({ candidate, verdict });
  }
  return judged;
}

/** A split is taken where the closes of anybody who tells of it show it: another one's may be wrong or late. */
function splitVerdict(
  sayers: readonly Candidate[],
  closes: readonly Candidate[],
  ground: JudgeGround,
): Verdict {
  const verdicts = sayers.map((candidate) => {
    const own = closes.filter(({ source }) => source === candidate.source);
    return judgeSplit(candidate, { ...ground, closes: own.length > 0 ? own : closes });
  });
  const [first] = verdicts;
  const shown = verdicts.find(({ kind }) => kind === 'accept') ?? first;
  return shown ?? { kind: 'refuse', reason: 'no split', detail: 'nobody tells of it' };
}

function agrees({ verdict }: Judged): boolean {
  return verdict.kind === 'known';
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): readonly [Item[], Item[]] {
  const [yes, no]: [Item[], Item[]] = [[], []];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
