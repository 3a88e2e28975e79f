import type { Alert, AlertKind } from '../alerts/alert.ts';
import type { Session } from '../calendar/calendar.ts';
import type { State } from './verdict.ts';

/** Every kind of alert, in the order in which an episode makes them. */
export const ALERT_KINDS = [
  'fired',
  'updated',
  'resolved',
  'correction',
  'blind',
  'recovered',
  'reminder',
] as const satisfies readonly AlertKind[];

/** A figure a test expects: as it is written, and what it says. */
export interface ExpectedFigure {
  readonly name: FigureName;
  readonly text: string;
  readonly value: number | string | null;
}

/** What a test expects of one alert; figures that it leaves out may be anything. */
export interface ExpectedAlert {
  readonly rule: string;
  readonly kind: AlertKind;
  readonly figures: readonly ExpectedFigure[];
}

/** What a test expects of one session. */
export interface Expectation {
  readonly session: Session;
  /** All alerts of the session; null where the test does not say. */
  readonly alerts: readonly ExpectedAlert[] | null;
  readonly states: readonly { readonly rule: string; readonly state: State }[];
}

type Figure = (alert: Alert) => number | string | null;

/** Where each figure that a test may name stands in an alert. */
const FIGURES = {
  value: (alert) => alert.value,
  threshold: (alert) => alert.threshold,
  peak: (alert) => alert.peak,
  since: (alert) => alert.episodeStart,
  duration: (alert) => alert.duration,
  rank: (alert) => alert.precedent?.rank ?? null,
  of: (alert) => alert.precedent?.of ?? null,
  atLeast: (alert) => alert.precedent?.atLeast ?? null,
  higher: (alert) => alert.precedent?.higher ?? null,
  dataSince: (alert) => alert.precedent?.dataSince ?? null,
  margin: (alert) => alert.margin?.value ?? null,
  marginSession: (alert) => alert.margin?.session ?? null,
} as const satisfies Readonly<Record<string, Figure>>;

export type FigureName = keyof typeof FIGURES;

/** The figures a test may name. */
export const FIGURE_NAMES = Object.keys(FIGURES).filter(isFigureName);

function isFigureName(name: string): name is FigureName {
  return Object.hasOwn(FIGURES, name);
}

/** Relative difference up to which two numbers are the same: figures are rounded to 12 digits. */
const TOLERANCE = 1e-9;

/** Whether an alert is the expected one. */
export function isExpected(alert: Alert, expected: ExpectedAlert): boolean {
  return (
    alert.rule === expected.rule &&
    alert.kind === expected.kind &&
    expected.figures.every(({ name, value }) => isSame(FIGURES[name](alert), value))
  );
}

function isSame(got: number | string | null, expected: number | string | null): boolean {
  if (typeof got !== 'number' || typeof expected !== 'number') return got === expected;
  return Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}

/** An expected alert in one line: `small-cap-streak fired, value 7`. */
export function showExpected({ rule, kind, figures }: ExpectedAlert): string {
  return [`${rule} ${kind}`, ...figures.map(({ name, text }) => `${name} ${text}`)].join(', ');
}

/** An alert in one line, with these figures beside its value. */
export function showAlert(alert: Alert, names: ReadonlySet<FigureName>): string {
  const shown = FIGURE_NAMES.filter((name) => name === 'value' || names.has(name));
  return [
    `${alert.rule} ${alert.kind}`,
    ...shown.map((name) => `${name} ${show(FIGURES[name](alert))}`),
  ].join(', ');
}

function show(figure: number | string | null): string {
  if (figure === null) return 'none';
  return typeof figure === 'number' ? String(Number(figure.toPrecision(12))) : figure;
}
