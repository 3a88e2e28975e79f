import { figureExpressions } from '../alerts/figures.ts';
import { reads } from '../expression/reads.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { type KnowledgeChange, knowledgeChanges, splitSessions } from '../series/knowledge.ts';
import { snapshotOf } from '../series/snapshot-of.ts';

/**
 * Stretches of sessions of one rule within which nothing it reads changes for the past: one snapshot, taken at the close
 * of a stretch's last session, serves all of its sessions. `ends` are those last sessions, by index, ascending.
 */
export interface Epochs {
  readonly ends: readonly number[];
}

/** The sessions to be evaluated: the first one's ordinal, and how many. */
export interface Sessions {
  readonly origin: number;
  readonly length: number;
}

/**
 * Splits the sessions of each rule at what became known later than from its own close: a revision or accepted break of
 * a series it reads, a split of an instrument whose latest basis decides one of its answers or figures, and what
 * happened to the holdings of a portfolio it weighs before the portfolio's date.
 */
export function epochsOf(
  archive: Archive,
  rules: ReadonlyMap<string, Rule>,
  sessions: Sessions,
): ReadonlyMap<string, Epochs> {
  const changes = knowledgeChanges(archive);
  const starts = changes.map((change) => firstSessionKnowing(archive, sessions, change.known));
  const epochs = new Map<string, Epochs>();
  for (const rule of rules.values()) {
    const concern = concernOf(archive, rule, rules);
    const boundaries = new Set<number>();
    for (const [position, change] of changes.entries()) {
      if (touches(concern, change)) boundaries.add(starts[position] ?? 0);
    }
    for (const instrument of concern.latestBasis) {
      for (const session of splitSessions(archive, instrument)) {
        boundaries.add(archive.calendar.onOrAfter(session) - sessions.origin);
      }
    }
    for (const portfolio of concern.portfolios) {
      const ends = endsOf(boundaries, sessions);
      for (const start of unforeseen(archive, portfolio, sessions, ends)) boundaries.add(start);
    }
    epochs.set(rule.id, { ends: endsOf(boundaries, sessions) });
  }
  return epochs;
}

function endsOf(boundaries: ReadonlySet<number>, { length }: Sessions): readonly number[] {
  const inside = [...boundaries].filter((start) => start > 0 && start < length);
  return [...inside.map((start) => start - 1), length - 1].toSorted((a, b) => a - b);
}

/**
 * Sessions up to a portfolio's date on which a holding splits or breaks. Shares are counted back from that date, so on
 * each of these the weights of all earlier sessions change; before it, nobody could know.
 */
function unforeseen(
  archive: Archive,
  portfolio: string,
  sessions: Sessions,
  ends: readonly number[],
): readonly number[] {
  const { calendar, market } = archive;
  const { asOf = '', holdings = new Map<string, number>() } = market.portfolios.get(portfolio) ?? {};
  const anchor = asOf === '' ? -1 : calendar.onOrBefore(asOf) - sessions.origin;
  if (anchor <= 0) return [];
  const found = [...holdings.keys()].flatMap((holding) =>
    splitSessions(archive, holding).map((session) => calendar.onOrAfter(session) - sessions.origin),
  );
  // A break can be explained later, so it is looked for in what each stretch knew.
  for (const end of ends) {
    const session = calendar.sessions[sessions.origin + end];
    if (session === undefined) continue;
    const snapshot = snapshotOf(archive, calendar.close(session));
    for (const holding of holdings.keys()) found.push(...snapshot.canonical(`${holding}.close`).breaks);
  }
  return found.filter((start) => start <= anchor);
}

/** What a rule's answers hang on: series, whole instruments (members of its universes), splits to come, portfolios. */
interface Concern {
  readonly series: Set<string>;
  readonly instruments: Set<string>;
  readonly latestBasis: Set<string>;
  readonly portfolios: Set<string>;
}

function concernOf(archive: Archive, rule: Rule, rules: ReadonlyMap<string, Rule>): Concern {
  const concern: Concern = {
    series: new Set(),
    instruments: new Set(),
    latestBasis: new Set(),
    portfolios: new Set(),
  };
  const seen = new Set<string>();
  const waiting = [rule];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    gather(concern, next, archive);
    waiting.push(...next.dependsOn.flatMap((id) => rules.get(id) ?? []));
  }
  return concern;
}

function gather(concern: Concern, rule: Rule, archive: Archive): void {
  const { market } = archive;
  for (const expression of [rule.when.expression, rule.resolveWhen.expression, ...figureExpressions(rule)]) {
    const read = reads(expression, market);
    for (const id of read.series) concern.series.add(id);
    for (const portfolio of read.portfolios) concern.portfolios.add(portfolio);
    for (const { universe } of read.universes) addMembers(concern.instruments, universe, archive);
    for (const instrument of read.latestBasis) concern.latestBasis.add(instrument);
    for (const universe of read.latestBasisUniverses) addMembers(concern.latestBasis, universe, archive);
  }
}

function addMembers(instruments: Set<string>, universe: string, archive: Archive): void {
  for (const member of archive.market.universes.get(universe)?.members ?? []) instruments.add(member);
  for (const span of archive.memberships) {
    if (span.universe === universe) instruments.add(span.instrument);
  }
}

/** A revised split moves the close of its instrument. */
function touches(concern: Concern, { series }: KnowledgeChange): boolean {
  const dot = series.lastIndexOf('.');
  const instrument = series.slice(0, dot);
  return (
    concern.series.has(series) ||
    concern.instruments.has(instrument) ||
    (series.slice(dot + 1) === 'split' && concern.series.has(`${instrument}.close`))
  );
}

/** The index of the first session whose close is not before an instant: the evaluation that first uses it. */
function firstSessionKnowing(archive: Archive, { origin, length }: Sessions, known: number): number {
  const { calendar } = archive;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (calendar.close(calendar.sessions[origin + middle] ?? '') >= known) high = middle;
    else low = middle + 1;
  }
  return low;
}
