import {
  ColorType,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  type IChartApi,
  type ISeriesApi,
  type LineData,
  LineSeries,
  LineStyle,
  type Time,
  type WhitespaceData,
} from 'lightweight-charts';
import { type Colours, coloursAt } from './colours.ts';
import { highestOf, stretchSize } from './crowded.ts';
import type { Drawing, Drawn, Line, Told } from './drawing.ts';
import { shade, type Stretch } from './shade.ts';

/**
 * Draws a chart into an element and tells what a reader does with it.
 * The library's own logo would need an inline style, which the content policy refuses; the page's foot carries the link.
 */
export function drawChart(place: HTMLElement, { point, crowd }: Told): Drawn {
  let colours = coloursAt(place);
  let drawing: Drawing | null = null;
  let stretches: readonly Stretch[] = [];
  const chart = createChart(place, { ...sizeOf(place), ...looks(colours, place) });
  const threshold = chart.addSeries(LineSeries, { lineWidth: 1, lineStyle: LineStyle.Dashed, ...MUTE });
  const measure = chart.addSeries(LineSeries, { lineWidth: 2, priceLineVisible: false });
  const markers = createSeriesMarkers<Time>(measure, []);
  measure.attachPrimitive(
    shade(
      chart,
      () => stretches,
      () => colours.episode,
    ),
  );
  const paint = (): void => {
    colours = coloursAt(place);
    chart.applyOptions(looks(colours, place));
    measure.applyOptions({ color: colours.measure });
    threshold.applyOptions({ color: colours.threshold });
    markers.setMarkers((drawing?.markers ?? []).map((marker) => arrow(marker, colours)));
  };
  const fill = filling(chart, measure, crowd);
  chart.subscribeCrosshairMove(({ logical }) => point(inside(logical ?? null, drawing)));
  return {
    draw(next) {
      const grown = drawing === null || drawing.measure.sessions.length !== next.measure.sessions.length;
      drawing = next;
      stretches = stretchesOf(next);
      const print = { priceFormat: { type: 'custom', formatter: next.print, minMove: 1e-9 } } as const;
      measure.applyOptions(print);
      threshold.applyOptions(print);
      fill(next);
      threshold.setData(pointsOf(thresholdLine(next)));
      paint();
      if (grown) show(chart, drawing, null);
    },
    paint,
    show: (sessions) => show(chart, drawing, sessions),
    point(at) {
      const value = drawing?.measure.values[at] ?? null;
      const session = drawing?.measure.sessions[at];
      if (value === null || session === undefined) chart.clearCrosshairPosition();
      else chart.setCrosshairPosition(value, session, measure);
      point(at);
    },
    remove: () => chart.remove(),
  };
}

/** Fills a line with what it is given, and again whenever what is in view leaves more or less room for a session. */
function filling(
  chart: IChartApi,
  line: ISeriesApi<'Line'>,
  crowd: Told['crowd'],
): (drawing: Drawing) => void {
  let filled: { readonly drawing: Drawing; readonly size: number } | null = null;
  const fill = (drawing: Drawing): void => {
    const room = stretchSize(chart.timeScale().options().barSpacing);
    const size = drawing.crowded === 'each' ? 1 : room;
    if (filled?.drawing === drawing && filled.size === size) return;
    filled = { drawing, size };
    line.setData(pointsOf(highestOf(drawing.measure, size)));
    crowd(size);
  };
  chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
    if (filled !== null) fill(filled.drawing);
  });
  return fill;
}

/** It follows the size of its place, and has it from the start, so that what is in view at first fits. */
function sizeOf({ clientWidth: width, clientHeight: height }: HTMLElement) {
  return { autoSize: true, width, height };
}

const MUTE = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false } as const;

function looks(colours: Colours, place: HTMLElement) {
  const clear = { type: ColorType.Solid, color: 'transparent' } as const;
  const { fontFamily } = getComputedStyle(place);
  return {
    layout: { background: clear, textColor: colours.text, fontFamily, fontSize: 12, attributionLogo: false },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.grid } },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.08 } },
    timeScale: { borderColor: colours.grid, minBarSpacing: 0.02 },
    crosshair: { mode: CrosshairMode.Magnet },
    localization: { locale: 'en-GB' },
  };
}

function pointsOf({ sessions, values }: Line): (LineData | WhitespaceData)[] {
  return sessions.map((time, at) => {
    const value = values[at] ?? null;
    return value === null ? { time } : { time, value };
  });
}

function thresholdLine({ threshold, measure: { sessions } }: Drawing): Line {
  if (threshold === null) return { sessions, values: [] };
  return typeof threshold === 'number' ? { sessions, values: sessions.map(() => threshold) } : threshold;
}

function stretchesOf({ episodes, measure: { sessions } }: Drawing): readonly Stretch[] {
  const places = new Map(sessions.map((session, at) => [session, at]));
  return episodes.flatMap(({ start, end }) => {
    const from = places.get(start);
    // It is resolved on its end, so the session before is the last that fires.
    const to = end === null ? sessions.length - 1 : (places.get(end) ?? sessions.length) - 1;
    return from === undefined ? [] : [{ from, to: Math.max(from, to) }];
  });
}

function arrow({ session, text }: Drawing['markers'][number], { accent }: Colours) {
  return { time: session, text, position: 'aboveBar', shape: 'arrowDown', color: accent } as const;
}

function inside(logical: number | null, drawing: Drawing | null): number | null {
  const at = logical === null ? -1 : Math.round(logical);
  return drawing !== null && at >= 0 && at < drawing.measure.sessions.length ? at : null;
}

/** Pixels beside the outermost sessions, so that the year below one of them is written out. */
const MARGIN = 28;

function show(chart: IChartApi, drawing: Drawing | null, sessions: number | null): void {
  const all = drawing?.measure.sessions.length ?? 0;
  const shown = Math.min(sessions ?? all, all);
  const scale = chart.timeScale();
  const room = scale.width() - 2 * MARGIN;
  if (shown === 0 || room <= 0) scale.fitContent();
  else {
    const margin = (MARGIN * shown) / room;
    scale.setVisibleLogicalRange({ from: all - shown - margin, to: all - 1 + margin });
  }
}
