import type { Expression } from '../expression/ast.ts';
import { format } from '../expression/format.ts';
import { inferWhole } from '../expression/infer.ts';
import type { Unit } from '../expression/types.ts';
import type { Archive } from '../series/archive.ts';
import type { Snapshot } from '../series/snapshot.ts';
import type { EpisodeSpan } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import type { Market } from '../series/market.ts';
import type { Transition } from './transition.ts';
import type {
  Alert,
  AlertKind,
  BaseRate,
  Definition,
  Evidence,
  Margin,
  OutcomeFigures,
  Precedent,
} from './alert.ts';
import type { Figures } from './figures.ts';
import { freshness, type Inputs, inputsOf } from './inputs.ts';
import { streakShape } from './margin.ts';
import { round12 } from './round.ts';
import { wordsOf } from './words.ts';

/** What stays the same in all alerts of a rule. */
export interface AlertFrame {
  readonly rule: Rule;
  readonly definition: Definition;
  readonly inputs: Inputs;
}

/** Prepares what all alerts of a rule share: its definition, in words too, and its inputs. */
export function frameOf(rule: Rule, { market, sources }: Pick<Archive, 'market' | 'sources'>): AlertFrame {
  const read = [rule.when, rule.measure, rule.threshold].flatMap((one) =>
    one === null ? [] : [one.expression],
  );
  const inputs = inputsOf(read, market);
  return { rule, inputs, definition: { ...definitionOf(rule, market, inputs), sources } };
}

/** What one alert is composed from, everything as known on its session. */
export interface Composition {
  readonly frame: AlertFrame;
  readonly transition: Transition;
  readonly archive: Archive;
  readonly snapshot: Snapshot;
  readonly figures: Figures;
  readonly episodes: readonly EpisodeSpan[];
  readonly evidence: readonly Evidence[];
}

const WITHOUT_MARGIN: ReadonlySet<AlertKind> = new Set(['resolved', 'blind', 'recovered']);

/** Composes the alert of a transition (DESIGN section 5); figures are rounded here, after all has been decided. */
export function compose(composition: Composition): Alert {
  const { frame, transition, figures, snapshot } = composition;
  const { rule } = frame;
  const { index, episode, kind, span } = transition;
  const session = snapshot.calendar.sessions[snapshot.origin + index] ?? '';
  return {
    id: alertId(rule.id, episode?.id ?? null, kind, session),
    rule: rule.id,
    title: rule.title,
    note: rule.note,
    severity: rule.severity,
    tags: rule.tags,
    kind,
    session,
    episode: episode?.id ?? null,
    episodeStart: episode?.start ?? null,
    duration: durationOf(composition),
    value: round12(figures.value(index)),
    peak: span === null ? null : round12(figures.peak(span, index)),
    threshold: round12(figures.threshold(index)),
    definition: frame.definition,
    precedent: span === null ? null : precedentOf(figures, span, index),
    margin: WITHOUT_MARGIN.has(kind) ? null : roundMargin(figures.margin(index)),
    baseRate: figures.baseRates(earlierEpisodes(composition), index).map(roundBaseRate),
    evidence: composition.evidence,
    inputs: freshness(frame.inputs, composition.archive, snapshot, index),
    withoutData: figures.withoutData(index),
    alreadyTrue: transition.alreadyTrue,
    late: transition.late,
    reason: transition.reason,
    corrects: transition.corrects,
    correctedFiring: transition.correctedFiring,
  };
}

/** Episodes before the alert's own, or before its session where it has none. */
function earlierEpisodes({ transition, snapshot, episodes }: Composition): number {
  const { span, episode, index } = transition;
  if (span !== null) return span;
  const start = episode === null ? undefined : snapshot.index(episode.start);
  return episodes.filter((one) => (start === undefined ? one.start <= index : one.start < start)).length;
}

/** The id of an alert: rule, episode (or `none`), kind and session, one record each, for ever. */
function alertId(rule: string, episode: string | null, kind: AlertKind, session: string): string {
  return `${rule}/${episode ?? 'none'}/${kind}/${session}`;
}

/** Sessions the episode has been firing up to the alert's session; null outside an episode or where it never was. */
function durationOf({ transition, episodes, snapshot }: Composition): number | null {
  const { index, span, episode, kind } = transition;
  const own = span === null ? undefined : episodes[span];
  if (own !== undefined) return (own.end !== null && own.end <= index ? own.end : index + 1) - own.start;
  const start = episode === null ? undefined : snapshot.index(episode.start);
  return start === undefined || kind === 'correction' ? null : index - start;
}

function precedentOf(figures: Figures, span: number, index: number): Precedent | null {
  return figures.precedents?.at(span, index) ?? null;
}

function roundMargin(margin: Margin | null): Margin | null {
  const value = round12(margin?.value ?? null);
  return margin === null || value === null ? null : { ...margin, value, lead: round12(margin.lead) };
}

/** A base rate with its figures rounded for output. */
export function roundBaseRate(line: BaseRate): BaseRate {
  return { outcome: line.outcome, horizon: line.horizon, ...roundFigures(line), all: roundFigures(line.all) };
}

function roundFigures(figures: OutcomeFigures): OutcomeFigures {
  return {
    n: figures.n,
    mean: round12(figures.mean),
    median: round12(figures.median),
    positive: round12(figures.positive),
    worst: round12(figures.worst),
  };
}

function definitionOf(rule: Rule, market: Market, inputs: Inputs): Omit<Definition, 'sources'> {
  const { measure } = rule;
  const ids = [...new Set(inputs.series.map((id) => id.slice(0, id.lastIndexOf('.'))))];
  return {
    expression: rule.when.text,
    measure: measure?.text ?? null,
    measureUnit: measure?.type.kind === 'number' ? measure.type.unit : null,
    instruments: ids.map((id) => {
      const instrument = market.instruments.get(id);
      return { id, name: instrument?.name ?? id, standsFor: instrument?.standsFor ?? null };
    }),
    version: rule.version,
    resolvesWhen: rule.resolveWhen.text,
    keepFiring: rule.keepFiring,
    direction: rule.direction,
    threshold: rule.threshold?.text ?? null,
    marginUnit: marginUnitOf(rule, market),
    words: wordsOf(rule, market),
  };
}

function marginUnitOf(rule: Rule, market: Market): Unit | null {
  const { measure, threshold, direction } = rule;
  if (measure === null || threshold === null || direction === null) return null;
  const shape = streakShape(measure.expression);
  if (shape === null) return measure.type.kind === 'number' ? measure.type.unit : null;
  const { over, under, condition } = shape;
  const lead: Expression = { ...condition, kind: 'binary', operator: '-', left: over, right: under };
  const { type } = inferWhole(lead, { market, rules: new Set(rule.dependsOn) }, format(lead));
  return type?.kind === 'number' ? type.unit : null;
}
