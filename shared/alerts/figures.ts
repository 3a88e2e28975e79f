import type { Session } from '../calendar/calendar.ts';
import type { Expression } from '../expression/ast.ts';
import type { Engine } from '../expression/engine.ts';
import { format } from '../expression/format.ts';
import { NO_DATA } from '../expression/types.ts';
import type { Course, Verdicts } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import { nodesOf } from '../rules/walk.ts';
import type { Margin } from './alert.ts';
import { type BaseRates, createBaseRates } from './base-rate.ts';
import { createMargins, streakShape } from './margin.ts';
import { createPrecedents, type Precedents } from './precedent.ts';
import type { PrefixFigures } from './prefix-figures.ts';
import { orNull } from './round.ts';

/** A rule's course with the means to figure it: what all numbers of its alerts and backtests come from. */
export interface FiguresInput {
  readonly rule: Rule;
  readonly engine: Engine;
  readonly sessions: readonly Session[];
  readonly verdicts: Verdicts;
  readonly course: Course;
  /** Base rates over all sessions, shared by the rules of one snapshot. */
  readonly shared: Map<string, PrefixFigures>;
}

/** Every figure of a rule under one state of knowledge, by session index; unrounded. */
export interface Figures {
  value(index: number): number | null;
  threshold(index: number): number | null;
  /** The furthest value of an episode up to an index; null without measure or direction. */
  peak(episode: number, index: number): number | null;
  /** Null without measure, threshold and direction. */
  readonly precedents: Precedents | null;
  margin(index: number): Margin | null;
  readonly baseRates: BaseRates;
  /** Conditions of a `votes(…)` without data, canonical text. */
  withoutData(index: number): readonly string[];
}

/** Prepares the figures of a rule; whatever is costly is computed on first use and kept. */
export function createFigures(input: FiguresInput): Figures {
  const { rule, engine, sessions } = input;
  const { measure, threshold, direction } = rule;
  const values = once(() => (measure === null ? null : engine.numbers(measure.expression)));
  const limits = once(() => (threshold === null ? null : engine.numbers(threshold.expression)));
  const peaks = once(() => precedentsOf(input, values()));
  const margins = once(() =>
    measure === null || threshold === null || direction === null
      ? () => null
      : createMargins(
          { sessions, measure: measure.expression, threshold: threshold.expression, direction },
          engine,
        ),
  );
  const baseRates = once(() =>
    createBaseRates({
      outcome: rule.outcome,
      starts: input.course.episodes.map((episode) => episode.start),
      numbers: (expression) => engine.numbers(expression),
      shared: input.shared,
    }),
  );
  const votes = votesOf(rule);
  return {
    value: (index) => orNull(values()?.[index]),
    threshold: (index) => orNull(limits()?.[index]),
    peak: (episode, index) => peaks()?.peak(episode, index) ?? null,
    get precedents() {
      return threshold === null ? null : peaks();
    },
    margin: (index) => margins()(index),
    baseRates: (episodes, today) => baseRates()(episodes, today),
    withoutData: (index) =>
      votes
        .filter((vote) => (engine.conditions(vote)[index] ?? NO_DATA) === NO_DATA)
        .map((vote) => format(vote)),
  };
}

/** The expressions whose values the figures show, besides `when` and `resolve_when`: what later knowledge may move. */
export function figureExpressions(rule: Rule): readonly Expression[] {
  const measure = rule.measure?.expression;
  const shape = measure === undefined ? null : streakShape(measure);
  return [
    ...(measure === undefined ? [] : [measure]),
    ...(rule.threshold === null ? [] : [rule.threshold.expression]),
    ...(shape === null ? [] : [shape.over, shape.under]),
    ...rule.outcome.map((outcome) => outcome.expression),
  ];
}

function precedentsOf(input: FiguresInput, measure: Float64Array | null): Precedents | null {
  const { direction } = input.rule;
  if (measure === null || direction === null) return null;
  const { sessions, verdicts, course } = input;
  // Sessions past the snapshot's last value have a verdict (no data) and no measure.
  const padded = new Float64Array(verdicts.when.length).fill(NaN);
  padded.set(measure.subarray(0, padded.length));
  return createPrecedents({
    sessions,
    measure: padded,
    direction,
    when: verdicts.when,
    episodes: course.episodes,
  });
}

/** The conditions that the votes in a rule's `when` and measure count, each once. */
function votesOf(rule: Rule): readonly Expression[] {
  const found = new Map<string, Expression>();
  const read = [rule.when.expression, ...(rule.measure === null ? [] : [rule.measure.expression])];
  for (const node of read.flatMap((expression) => [...nodesOf(expression)])) {
    if (node.kind !== 'call' || node.name !== 'votes') continue;
    // A condition about `member` has a value per member and none of its own.
    for (const condition of node.args) if (!namesMember(condition)) found.set(format(condition), condition);
  }
  return [...found.values()];
}

function namesMember(condition: Expression): boolean {
  return [...nodesOf(condition)].some((node) => node.kind === 'name' && node.name === 'member');
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
