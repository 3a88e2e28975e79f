import type { Alert, BaseRate, OutcomeFigures } from '../alert.ts';
import { FEW } from '../base-rate.ts';
import { grouped, signedPercent } from './numbers.ts';

/** The columns of `figureCells`. */
export const FIGURE_TITLES = ['n', 'mean', 'median', 'positive', 'worst'] as const;

const LABEL = 16;
const COUNT = 7;
const WIDTH = 10;

/** The base rates of one outcome, with its name in words. */
export interface OutcomeTable {
  readonly title: string;
  readonly lines: readonly BaseRate[];
}

/** Base rates by outcome, in the order of the rule; empty without outcome. */
export function outcomeTables(alert: Alert): readonly OutcomeTable[] {
  const outcomes = [...new Set(alert.baseRate.map(({ outcome }) => outcome))];
  return outcomes.map((outcome) => {
    const words = alert.definition.words.outcomes[outcome] ?? outcome;
    return {
      title: words === outcome ? outcome : `${capitalised(words)}, ${outcome}`,
      lines: alert.baseRate.filter((line) => line.outcome === outcome),
    };
  });
}

/** What followed earlier episodes, per outcome a table of horizons beside all sessions; empty without outcome. */
export function baseRateTables(alert: Alert): readonly string[] {
  return outcomeTables(alert).flatMap(({ title, lines }, position) => [
    ...(position === 0 ? [] : ['']),
    `${title}:`,
    header(),
    ...lines.flatMap(horizonLines),
  ]);
}

function header(): string {
  const [count, ...titles] = FIGURE_TITLES;
  return `${'after'.padEnd(LABEL)}${count.padStart(COUNT)}${titles.map((title) => title.padStart(WIDTH)).join('')}`;
}

function horizonLines(line: BaseRate): readonly string[] {
  const few = line.n < FEW ? '   too few to rely on' : '';
  return [`${figuresLine(`${line.horizon} sessions`, line)}${few}`, figuresLine('  all sessions', line.all)];
}

function figuresLine(label: string, figures: OutcomeFigures): string {
  const [count = '', ...cells] = figureCells(figures);
  return `${label.padEnd(LABEL)}${count.padStart(COUNT)}${cells.map((cell) => cell.padStart(WIDTH)).join('')}`;
}

/** How many, mean, median, share positive, worst, as they are printed. */
export function figureCells({ n, mean, median, positive, worst }: OutcomeFigures): readonly string[] {
  const share = positive === null ? '-' : `${(positive * 100).toFixed(0)}%`;
  return [grouped(n), signed(mean), signed(median), share, signed(worst)];
}

function signed(value: number | null): string {
  return value === null ? '-' : signedPercent(value, 2);
}

/** A sentence begins with a capital, unless its first word is an id or a number. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
