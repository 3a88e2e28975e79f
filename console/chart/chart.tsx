import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { dayText } from '../parts/dates.ts';
import { Progress } from '../parts/progress.tsx';
import { isDark } from '../parts/theme.ts';
import { ChartTable } from './chart-table.tsx';
import type { Drawing, Drawn, Told } from './drawing.ts';

/** What a chart is given. */
export interface ChartProps {
  /** What it shows: "streak(ret(IWM) > ret(SPY))". */
  readonly title: ComponentChildren;
  /** What a reader sees in it, in a sentence or two, for whoever does not. */
  readonly summary: string;
  readonly drawing: Drawing;
  /** Sessions in view at first; all of them for null. */
  readonly first: number | null;
}

const VIEWS = [
  { sessions: 63, text: '3 months' },
  { sessions: 252, text: '1 year' },
  { sessions: 1260, text: '5 years' },
  { sessions: null, text: 'All' },
] as const;

/**
 * A line with its threshold, the episodes shaded and arrows where something was said. The library is loaded when a chart
 * is first shown. What it shows is also there as words and as a table, and its cursor obeys the keyboard.
 */
export function Chart({ title, summary, drawing, first }: ChartProps): ComponentChildren {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const [view, setView] = useState(first);
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption class="chart-head">
        <span id={id} class="chart-title">
          {title}
        </span>
        <span class="chart-tools">
          {asTable ? null : <Views view={view} all={drawing.measure.sessions.length} change={setView} />}
          <button
            type="button"
            class="button slim"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            Show as table
          </button>
        </span>
      </figcaption>
      {asTable ? <ChartTable drawing={drawing} /> : <Canvas {...{ summary, drawing, view }} />}
    </figure>
  );
}

function Views({
  view,
  all,
  change,
}: {
  readonly view: number | null;
  readonly all: number;
  readonly change: (view: number | null) => void;
}): ComponentChildren {
  const shown = VIEWS.filter(({ sessions }) => sessions === null || sessions < all);
  if (shown.length < 2) return null;
  return (
    <span class="segments" role="group" aria-label="Sessions in view">
      {shown.map(({ sessions, text }) => (
        <button key={text} type="button" aria-pressed={view === sessions} onClick={() => change(sessions)}>
          {text}
        </button>
      ))}
    </span>
  );
}

interface CanvasProps {
  readonly summary: string;
  readonly drawing: Drawing;
  readonly view: number | null;
}

function Canvas({ summary, drawing, view }: CanvasProps): ComponentChildren {
  const place = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const [crowd, setCrowd] = useState(1);
  const drawn = useDrawn(
    place,
    useMemo(() => ({ point: setAt, crowd: setCrowd }), []),
  );
  const last = drawing.measure.sessions.length - 1;
  const dark = isDark.value;
  useEffect(() => drawn?.draw(drawing), [drawn, drawing]);
  useEffect(() => drawn?.paint(), [drawn, dark]);
  useEffect(() => drawn?.show(view), [drawn, view]);
  return (
    <>
      <p class="chart-readout" aria-hidden="true">
        {readout(drawing, at ?? last)}
      </p>
      <div class="chart-place">
        <div ref={place} class="chart-canvas" role="img" aria-label={summary} />
        {drawn === null ? <Progress what="Drawing the chart" /> : null}
      </div>
      {crowd === 1 ? null : (
        <p class="chart-readout">
          Drawn is the highest of every {crowd} sessions; the cursor and the table have each.
        </p>
      )}
      <input
        type="range"
        class="chart-cursor"
        aria-label="Session under the cursor"
        aria-valuetext={readout(drawing, at ?? last)}
        min={0}
        max={last}
        value={at ?? last}
        onInput={({ currentTarget }) => drawn?.point(currentTarget.valueAsNumber)}
      />
    </>
  );
}

/** The chart of an element, once the library is here; null until then. */
function useDrawn(place: { readonly current: HTMLElement | null }, told: Told): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    let made: Drawn | null = null;
    let gone = false;
    void import('./draw.ts').then(({ drawChart }) => {
      if (gone || place.current === null) return;
      made = drawChart(place.current, told);
      setDrawn(made);
    });
    return () => {
      gone = true;
      made?.remove();
    };
  }, [place, told]);
  return drawn;
}

function readout({ measure, print }: Drawing, at: number): string {
  const session = measure.sessions[at];
  const value = measure.values[at] ?? null;
  return session === undefined ? '' : `${dayText(session)}: ${value === null ? 'no data' : print(value)}`;
}
