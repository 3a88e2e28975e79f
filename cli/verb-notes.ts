/** What help and reference say of a verb beside its options. */
export interface VerbNotes {
  readonly summary: string;
  /** Arguments after `tidemark`, as one would type them. */
  readonly examples: readonly string[];
  /** What is printed with `--json`. */
  readonly json: string;
}

const FIGURES = 'n, mean, median, positive, worst';
const RUN =
  '{kind, at, counts, findings: [{what, subject, why}], decisions: [{what, subject, why}]}; exits with 3 on findings';
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
    examples: [
      'import closes',
      'import closes --data-dir .tidemark --json',
      'import closes --stack Tidemark',
    ],
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
    summary: 'show the latest alerts at once, on sample data or on a folder of your own, then be the service',
    examples: ['start', 'start --once', 'start --data closes', 'start --live', 'start --live --reset'],
    json: 'the alerts, as replay prints them; nothing is stored, and it ends',
  },
  ingest: {
    summary: 'fill gaps up to the last finished session and release what is complete enough to evaluate',
    examples: ['ingest', 'ingest --data closes', 'ingest --stack Tidemark --json'],
    json: RUN,
  },
  evaluate: {
    summary: 'evaluate every rule on every released session, and record the alerts',
    examples: ['evaluate', 'evaluate --stack Tidemark --json'],
    json: RUN,
  },
  deliver: {
    summary: 'send the alerts that are due',
    examples: ['deliver', 'deliver --stack Tidemark --json'],
    json: RUN,
  },
  observe: {
    summary: 'store one value by hand; a value that differs from the stored one is a revision',
    examples: [
      'observe SP600.forward_pe 2025-12-31 15.6 --source "monthly report"',
      'observe FED.target_upper 2025-12-10 3.75 --source "press release" --json',
    ],
    json: '{series, date, value, accepted, revised, unchanged}, or {series, date, value, refused}',
  },
  accept: {
    summary: 'accept a jump of a close that nothing explains, after looking at it: it is real',
    examples: ['accept IWM 2026-01-12', 'accept IWM 2026-01-12 --stack Tidemark --json'],
    json: '{instrument, session, known}',
  },
  rules: {
    summary: 'save, list or delete the rules of the service',
    examples: [
      'rules list',
      'rules put rules/small-caps.yaml',
      'rules delete small-cap-surge',
      'rules list --stack Tidemark --json',
    ],
    json:
      'list: one line per rule: {id, version, state, origin, live}; else one line per rule: {id, kind, version, state, ' +
      'live}, or {id, kind, reason, findings}',
  },
  subscribe: {
    summary: 'send alerts to an address, or change which ones it gets',
    examples: [
      "subscribe --email name@example.com --rules 'small-cap-*' --severity notice",
      'subscribe --sms +12025550123 --severity urgent',
      'subscribe --email name@example.com --digest --stack Tidemark',
    ],
    json: '{outcome, id, channel, address, rules, severity, form, status}, or {outcome, reason}',
  },
  confirm: {
    summary: 'confirm a subscription with the token of the message that asked',
    examples: ['confirm email-0123456789ab'],
    json: '{outcome}',
  },
  unsubscribe: {
    summary: 'send nothing more to an address',
    examples: ['unsubscribe --email name@example.com', 'unsubscribe --sms +12025550123 --stack Tidemark'],
    json: '{outcome}',
  },
  subscriptions: {
    summary: 'list who gets what; addresses are masked',
    examples: ['subscriptions', 'subscriptions --show', 'subscriptions --stack Tidemark --json'],
    json: 'one line per subscription: {id, channel, address, rules, severity, form, status}',
  },
  silence: {
    summary: 'keep a rule from sending until a date, while its evaluation goes on',
    examples: [
      'silence small-cap-streak --until 2026-02-06 --why "known, being looked at"',
      'silence --list',
      'silence --remove small-cap-streak@1768255200000',
    ],
    json: 'one line per silence: {id, rule, last, why, createdAt}, or {outcome, reason}; --remove: {id, outcome}',
  },
  held: {
    summary: 'list values that wait before they are stored, with the reason, and accept or reject them',
    examples: [
      'held list',
      'held list --rejected',
      'held accept NVDA.close@2026-01-12@alpaca --why "the split was announced late"',
      'held reject \'*@2026-01-12@tiingo\' --why "the closes of the day before" --stack Tidemark --json',
    ],
    json:
      'one line per value: {id, series, date, value, source, reason, detail, since, state, decided: {at, why}}; ' +
      'accept, reject: with outcome',
  },
  alerts: {
    summary: 'list the recorded alerts, newest first, or show one in full',
    examples: [
      'alerts',
      'alerts --from 2026-01-02 --rule small-cap-* --kind fired',
      'alerts small-cap-streak/small-cap-streak@2026-01-12/fired/2026-01-12',
      'alerts --state unsent --stack Tidemark --json',
    ],
    json: 'one line per alert: as replay prints them, with createdAt and delivery: {kind, …}',
  },
  doctor: {
    summary: 'say what is configured, what works, and what somebody should look at',
    examples: ['doctor', 'doctor --stack Tidemark', 'doctor --json'],
    json: 'one line per check: {check, state, finding}, state fine or look; exits with 3 where one says look',
  },
  providers: {
    summary: "show what a provider's adapter makes of a saved answer",
    examples: [
      'providers parse alpaca answer.json --symbol IWM,SPY --session 2026-01-30',
      'providers parse massive refused.json --status 403 --json',
      'providers parse ssga holdings.xlsx --symbol SPY --now 2026-01-30T22:20:00Z --json',
    ],
    json:
      '{kind, accepted: [{instrument, field, session, value}], refused: [{reason, detail, instrument, field, session}]}, ' +
      'with detail, retryAt, next, basis and members where the answer has them',
  },
} as const satisfies Record<string, VerbNotes>;

export type VerbName = keyof typeof VERB_NOTES;
