/** What help and reference say of a verb beside its options. */
export interface VerbNotes {
  readonly summary: string;
  /** Arguments after `tidemark`, as one would type them. */
  readonly examples: readonly string[];
  /** What is printed with `--json`. */
  readonly json: string;
}

const FIGURES = 'n, mean, median, positive, worst';
const BASE_RATE = `{outcome, horizon, ${FIGURES}, all: {${FIGURES}}}`;

/** The verbs in the order in which help lists them. */
export const VERB_NOTES = {
  calendar: {
    summary: 'list the sessions of the New York Stock Exchange with their opening and closing times',
    examples: [
      'calendar --from 2026-01-01 --to 2026-01-31',
      'calendar --from 2025-11-24 --to 2025-11-28 --json',
    ],
    json: 'one line per session: {session, open, close, early}',
  },
  import: {
    summary: 'store the observations of a folder of CSV files, refusing bad cells one by one',
    examples: ['import closes', 'import closes --data-dir .tidemark --json'],
    json: '{accepted, revised, unchanged, refused: [{file, line, column, reason}]}, counted in observations',
  },
  eval: {
    summary: 'compute an expression on every session, or with - one expression per line of standard input',
    examples: [
      'eval "2 + 30%"',
      'eval "streak(ret(IWM) > ret(SPY))" --data closes',
      'eval "ytd(IWM) - ytd(SPY)" --data closes --at 2026-01-12 --json',
      'eval "-drawdown(SPY)" --data closes --from 2026-01-02',
      'eval - --data closes < expressions.txt',
    ],
    json:
      'one line per session: {session, value}, value a number, true, false or null for no data; with -, one line per ' +
      'line of input: {expr, session, value}, or {expr, errors: [{code, line, column, message, fix}]}; an expression ' +
      'with errors prints the latter and exits with 3, with - it does not',
  },
  check: {
    summary: 'check rules files, and with --data how they behave on stored history',
    examples: ['check', 'check rules --data closes --strict', 'check rules/small-caps.yaml --json'],
    json: 'one line per finding: {file, rule, code, severity, line, column, message, fix}',
  },
  replay: {
    summary: 'tell every alert the rules would have sent, as known on its day',
    examples: [
      'replay --data closes --from 2026-01-02',
      'replay --data closes --from 2026-01-12 --to 2026-01-12 --full',
      'replay --data closes --json',
    ],
    json:
      'one line per alert: {id, rule, kind, session, episode, value, threshold, precedent: {rank, of, atLeast, higher, ' +
      `dataSince}, margin: {value, session}, baseRate: [${BASE_RATE}], subject, sms, email}`,
  },
  backtest: {
    summary: "list a rule's episodes over all history and what followed them",
    examples: ['backtest small-cap-streak --data closes', 'backtest small-cap-streak --data closes --json'],
    json: `{rule, sessions, episodes: [{start, end, sessions, peak}], baseRate: [${BASE_RATE}]}`,
  },
  states: {
    summary: 'print the state of every rule on every session',
    examples: [
      'states --data closes --from 2026-01-02',
      'states --data closes --from 2026-01-12 --to 2026-01-12 --json',
    ],
    json: 'one line per rule and session: {rule, session, when, state}',
  },
  test: {
    summary: 'run rule tests: series in a short notation, alerts expected per session',
    examples: ['test', 'test rules/small-caps.test.yaml --json'],
    json: 'one line per expectation: {file, name, ok, session, expected, got}',
  },
  start: {
    summary: 'show the latest alerts at once, on sample data or on a folder of your own',
    examples: ['start', 'start --data closes'],
    json: 'the alerts, as replay prints them',
  },
} as const satisfies Record<string, VerbNotes>;

export type VerbName = keyof typeof VERB_NOTES;
