import type { Alert, BaseRate, OutcomeFigures } from '../alert.ts';
import { FEW } from '../base-rate.ts';
import { grouped, signedPercent } from './numbers.ts';

const LABEL = 16;
const COUNT = 7;
const WIDTH = 10;

/** What followed earlier episodes, per outcome a table of horizons beside all sessions; empty without outcome. */
export function baseRateTables(alert: Alert): readonly string[] {
  const outcomes = [...new Set(alert.baseRate.map(({ outcome }) => outcome))];
  return outcomes.flatMap((outcome, position) => {
    const words = alert.definition.words.outcomes[outcome] ?? outcome;
    const lines = alert.baseRate.filter((line) => line.outcome === outcome);
    const title = words === outcome ? outcome : `${capitalised(words)}, ${outcome}`;
    return [...(position === 0 ? [] : ['']), `${title}:`, header(), ...lines.flatMap(horizonLines)];
  });
}

function header(): string {
  const titles = ['mean', 'median', 'positive', 'worst'].map((title) => title.padStart(WIDTH)).join('');
  return `${'after'.padEnd(LABEL)}${'n'.padStart(COUNT)}${titles}`;
}

function horizonLines(line: BaseRate): readonly string[] {
  const few = line.n < FEW ? '   too few to rely on' : '';
  return [`${figuresLine(`${line.horizon} sessions`, line)}${few}`, figuresLine('  all sessions', line.all)];
}

function figuresLine(label: string, figures: OutcomeFigures): string {
  const { mean, median, positive, worst } = figures;
  const share = positive === null ? '-' : `${(positive * 100).toFixed(0)}%`;
  const cells = [signed(mean), signed(median), share, signed(worst)];
  const count = grouped(figures.n).padStart(COUNT);
  return `${label.padEnd(LABEL)}${count}${cells.map((cell) => cell.padStart(WIDTH)).join('')}`;
}

function signed(value: number | null): string {
  return value === null ? '-' : signedPercent(value, 2);
}

/** A sentence begins with a capital, unless its first word is an id or a number. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
