import type { FieldUnit } from '../series/market.ts';
import { agreement, isSame } from './agreement.ts';
import type { Candidate, Verdict } from './candidate.ts';

/** What is stored of an observation; `source` is null where nobody remembers who said it. */
export interface StoredValue {
  readonly value: number;
  readonly source: string | null;
}

/** What providers say of one observation, weighed. */
export interface Choice {
  /** The one to take, if what else is looked at allows it; null where none is. */
  readonly chosen: { readonly candidate: Candidate; readonly verdict: Verdict } | null;
  /** What becomes of the others. */
  readonly others: readonly { readonly candidate: Candidate; readonly verdict: Verdict }[];
}

/** Weighs what providers say of one observation, one value each, against each other and against what is stored. */
export function choose(
  candidates: readonly Candidate[],
  stored: StoredValue | null,
  unit: FieldUnit,
): Choice {
  const ranked = candidates.toSorted((a, b) => a.rank - b.rank || (a.source < b.source ? -1 : 1));
  return stored === null ? chooseFirst(ranked, unit) : chooseRevision(ranked, stored, unit);
}

/** Nothing is stored: the best ranked that nobody contradicts, else one that two agree on, else none. */
function chooseFirst(ranked: readonly Candidate[], unit: FieldUnit): Choice {
  const [first] = ranked;
  if (first === undefined) return { chosen: null, others: [] };
  const contradicted = ranked.some((one) => agreement(first.value, one.value, unit) === 'disagree');
  const candidate = contradicted ? ranked.find((one) => supporters(one, ranked, unit) > 0) : first;
  if (candidate === undefined) {
    return {
      chosen: null,
      others: ranked.map((one) => ({ candidate: one, verdict: contradiction(one, ranked) })),
    };
  }
  const rest = ranked.filter((one) => one !== candidate);
  const others = rest.map((one) => ({ candidate: one, verdict: beside(one, candidate, unit) }));
  return {
    chosen: { candidate, verdict: { kind: 'accept', standing: standingOf(candidate, rest, unit) } },
    others,
  };
}

/** Something is stored: only who said it revises it, and only where nobody else stands by it. */
function chooseRevision(ranked: readonly Candidate[], stored: StoredValue, unit: FieldUnit): Choice {
  const author = ranked.find((one) => one.source === stored.source && !isSame(one.value, stored.value));
  const rest = ranked.filter((one) => one !== author);
  const others = rest.map((one) => ({ candidate: one, verdict: againstStored(one, stored, unit) }));
  if (author === undefined) return { chosen: null, others };
  const witness = rest.find((one) => standsBy(one.value, stored.value, author.value, unit));
  if (witness !== undefined) {
    const verdict = disagreement(
      `${author.source} now says ${author.value}, ${witness.source} still ${stored.value}`,
    );
    const kept = againstStored(author, stored, unit);
    return {
      chosen: null,
      others: [...others, { candidate: author, verdict: kept.kind === 'hold' ? verdict : kept }],
    };
  }
  const accepted: Verdict = { kind: 'accept', standing: standingOf(author, rest, unit) };
  const weighed = rest.map((one) => ({ candidate: one, verdict: beside(one, author, unit) }));
  return { chosen: { candidate: author, verdict: accepted }, others: weighed };
}

/** Whether a value agrees with what is stored, and more so than with what is to replace it. */
function standsBy(value: number, stored: number, replacing: number, unit: FieldUnit): boolean {
  return agreement(value, stored, unit) === 'agree' && Math.abs(value - stored) < Math.abs(value - replacing);
}

/** How many others say the same, near enough. */
export function supporters(candidate: Candidate, all: readonly Candidate[], unit: FieldUnit): number {
  return all.filter((one) => one !== candidate && agreement(one.value, candidate.value, unit) === 'agree')
    .length;
}

function standingOf(
  candidate: Candidate,
  rest: readonly Candidate[],
  unit: FieldUnit,
): 'agreed' | 'single' | 'provisional' {
  if (supporters(candidate, rest, unit) > 0) return 'agreed';
  return rest.some((one) => agreement(one.value, candidate.value, unit) === 'close')
    ? 'provisional'
    : 'single';
}

function beside(one: Candidate, chosen: Candidate, unit: FieldUnit): Verdict {
  return againstStored(one, { value: chosen.value, source: chosen.source }, unit);
}

function againstStored({ value, source }: Candidate, stored: StoredValue, unit: FieldUnit): Verdict {
  const how = agreement(value, stored.value, unit);
  if (how === 'agree') return { kind: 'known', standing: 'agreed' };
  if (how === 'close') return { kind: 'known', standing: 'provisional' };
  return disagreement(`${source} says ${value}, ${stored.source ?? 'what is stored'} ${stored.value}`);
}

function contradiction(one: Candidate, all: readonly Candidate[]): Verdict {
  const others = all.filter((other) => other !== one).map(({ source, value }) => `${source} ${value}`);
  return disagreement(`${one.source} says ${one.value}, ${others.join(', ')}`);
}

function disagreement(detail: string): Verdict {
  return { kind: 'hold', reason: 'disagreement', detail };
}
