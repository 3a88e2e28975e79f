import type { BaseRate, OutcomeFigures } from '../../shared/alerts/alert.ts';
import type { Output } from '../context.ts';
import { NONE, percent } from './figures.ts';
import { table } from './table.ts';

const TOO_FEW = 10;

const COLUMNS = [
  { title: 'sessions ahead', align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'mean', align: 'right' },
  { title: 'median', align: 'right' },
  { title: 'positive', align: 'right' },
  { title: 'worst', align: 'right' },
  { title: '', align: 'left' },
] as const;

/** What followed the episodes beside what followed any session, one table an outcome; nothing without an outcome. */
export function baseRateLines(out: Output, baseRate: readonly BaseRate[]): string[] {
  const outcomes = [...new Set(baseRate.map(({ outcome }) => outcome))];
  return outcomes.flatMap((outcome) => {
    const lines = baseRate.filter((line) => line.outcome === outcome);
    const rows = lines.flatMap((line) => [
      [String(line.horizon), ...cells(line), line.n < TOO_FEW ? 'too few to rely on' : ''],
      ['any session', ...cells(line.all), ''],
    ]);
    const [head = '', ...body] = table(COLUMNS, rows);
    const painted = body.map((text, index) => (index % 2 === 1 ? out.paint('dim', text) : text));
    return ['', `${out.paint('bold', 'What followed')}: ${outcome}`, out.paint('dim', head), ...painted];
  });
}

function cells({ n, mean, median, positive, worst }: OutcomeFigures): string[] {
  const share = positive === null ? NONE : `${(positive * 100).toFixed(0)}%`;
  return [String(n), percent(mean), percent(median), share, percent(worst)];
}
