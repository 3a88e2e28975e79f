import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RuleView } from '../../shared/api/rules.ts';
import { Chart } from '../chart/chart.tsx';
import type { Drawing } from '../chart/drawing.ts';
import { Empty } from '../parts/table.tsx';
import { printIn } from '../parts/figures.ts';

/** What a rule did or would have done over all that is stored. */
export type Course = NonNullable<RuleView['course']>;

/** The measure over all history with threshold and every episode shaded. */
export function CourseChart({
  course,
  measure,
  first = 252,
}: {
  readonly course: Course;
  /** The text of what is drawn. */
  readonly measure: string;
  /** Sessions in view at first; all of them for null. */
  readonly first?: number | null;
}): ComponentChildren {
  const drawing = useMemo(() => drawingOf(course), [course]);
  if (drawing.measure.sessions.length === 0) {
    return (
      <Empty>
        There is no measure to draw. A rule of more than one comparison needs a measure, a threshold and a
        direction.
      </Empty>
    );
  }
  return <Chart title={measure} summary={summaryOf(course)} drawing={drawing} first={first} />;
}

/** What a chart draws of a course. */
function drawingOf({ chart, episodes }: Course): Drawing {
  return {
    measure: chart.measure,
    threshold: chart.threshold,
    episodes,
    markers: [],
    // A run falls back to nothing again and again: of a few sessions only the longest tells anything.
    crowded: chart.unit === 'sessions' ? 'highest' : 'each',
    print: printIn(chart.unit),
  };
}

/** What a reader sees in the chart of a course, for whoever does not. */
function summaryOf({ chart, summary, episodes }: Course): string {
  const last = chart.measure.values.findLastIndex((value) => value !== null);
  const value = chart.measure.values[last];
  const session = chart.measure.sessions[last];
  const print = printIn(chart.unit);
  const now = value === undefined || value === null ? '' : ` On ${session} it stands at ${print(value)}`;
  const of =
    typeof chart.threshold === 'number' && now !== '' ? `, the threshold is ${print(chart.threshold)}.` : '.';
  const latest = episodes.at(-1);
  const open = latest !== undefined && latest.end === null ? ' It is firing at the end of the chart.' : '';
  return `${summary}${now === '' ? '' : now + of}${open}`;
}
