import type { Alert } from '../../../shared/alerts/alert.ts';

/** The alert of 12 January 2026 in small, to be varied. */
export const STREAK: Alert = {
  id: 'small-cap-streak/small-cap-streak@2026-01-12/fired/2026-01-12',
  rule: 'small-cap-streak',
  title: 'Small caps are beating large caps',
  note: 'It says who led, not by how much.',
  severity: 'notice',
  tags: ['rotation'],
  kind: 'fired',
  session: '2026-01-12',
  episode: 'small-cap-streak@2026-01-12',
  episodeStart: '2026-01-12',
  duration: 1,
  value: 7,
  peak: 7,
  threshold: 7,
  definition: {
    expression: 'streak(ret(IWM) > ret(SPY)) >= 7',
    measure: 'streak(ret(IWM) > ret(SPY))',
    measureUnit: 'sessions',
    instruments: [{ id: 'IWM', name: 'iShares Russell 2000 ETF', standsFor: 'the Russell 2000' }],
    sources: ['CSV files'],
    version: '1f9c373d',
    resolvesWhen: 'streak(ret(IWM) > ret(SPY)) == 0',
    keepFiring: 0,
    direction: 'up',
    threshold: '7',
    marginUnit: 'ratio',
    words: {
      measure: "the run of sessions on which IWM's daily price return was above SPY's",
      clause: "IWM's daily price return was above SPY's on {value} in a row",
      counts: 'sessions',
      tally: null,
      restarts: null,
      figure: 'percent',
      condition: "IWM's daily price return is above SPY's on at least 7 sessions in a row",
      resolvesWhen: "IWM's daily price return is at or below SPY's",
      outcomes: { 'ret(IWM)': "IWM's price return" },
    },
  },
  precedent: {
    rank: 11,
    of: 23,
    atLeast: '2022-09-15',
    higher: '2021-02-09',
    dataSince: '2000-05-30',
  },
  margin: { value: 0.00088041816249, session: '2026-01-07', lead: 0.042901421743 },
  baseRate: [
    {
      outcome: 'ret(IWM)',
      horizon: 5,
      n: 9,
      mean: 0.0031,
      median: -0.0024,
      positive: 5 / 9,
      worst: -0.0564,
      all: { n: 6440, mean: 0.0018, median: 0.0033, positive: 0.55, worst: -0.24 },
    },
    {
      outcome: 'ret(IWM)',
      horizon: 252,
      n: 0,
      mean: null,
      median: null,
      positive: null,
      worst: null,
      all: { n: 6193, mean: 0.0835, median: 0.0844, positive: 0.67, worst: -0.488 },
    },
  ],
  evidence: [
    { rule: 'policy-easing', title: 'The Federal Reserve keeps cutting', side: 'for' },
    { rule: 'mega-caps-down', title: 'Every one of the Magnificent Seven is down', side: 'against' },
    { rule: 'valuation-extreme', title: 'The discount is near its widest', side: 'no data' },
  ],
  inputs: [{ input: 'IWM.close', asOf: '2026-01-12', status: 'fresh', coverage: null }],
  withoutData: [],
  alreadyTrue: false,
  late: false,
  reason: null,
  corrects: null,
  correctedFiring: null,
};

/** A discount of 32.4%, which looks at percentages instead of a streak. */
export const DISCOUNT: Alert = {
  ...STREAK,
  rule: 'valuation-discount',
  title: 'Small caps cost far less than large caps',
  session: '2025-12-02',
  value: 0.3242,
  peak: 0.3242,
  threshold: 0.3,
  definition: {
    ...STREAK.definition,
    measure: 'discount(SP600.forward_pe, SP500.forward_pe)',
    measureUnit: 'ratio',
    threshold: '30%',
    words: {
      ...STREAK.definition.words,
      measure: "the discount of S&P SmallCap 600's forward P/E to S&P 500's",
      clause: "the discount of S&P SmallCap 600's forward P/E to S&P 500's was {value}",
      counts: null,
      figure: 'percent',
    },
  },
  precedent: { rank: 1, of: 2, atLeast: null, higher: null, dataSince: '2024-06-10' },
  margin: { value: 0.0242, session: '2025-12-02', lead: null },
};

/** Five of six signs: a count with a total of its own. */
export const ROTATION: Alert = {
  ...DISCOUNT,
  title: 'Leadership is changing',
  value: 5,
  peak: 5,
  threshold: 4,
  definition: {
    ...DISCOUNT.definition,
    measureUnit: 'number',
    marginUnit: 'number',
    threshold: '4',
    words: {
      ...DISCOUNT.definition.words,
      clause: '{value} agreed',
      tally: { noun: 'sign', of: 6, universe: null, verb: 'agree' },
    },
  },
  margin: { value: 1, session: '2025-12-02', lead: null },
};

/** A count of members, out of those that have a price on the session. */
export const BREADTH: Alert = {
  ...ROTATION,
  title: 'The rise is shared',
  value: 341,
  peak: 341,
  threshold: 300,
  definition: {
    ...ROTATION.definition,
    threshold: '300',
    words: {
      ...ROTATION.definition.words,
      clause: '{value} of the S&P 500 were up on the year',
      tally: { noun: 'member', of: null, universe: 'SP500_MEMBERS', verb: '' },
    },
  },
  margin: { value: 41, session: '2025-12-02', lead: null },
  inputs: [{ input: 'SP500_MEMBERS', asOf: '2025-12-02', status: 'fresh', coverage: { have: 498, of: 503 } }],
};

/** A return since the beginning of the year, in January. */
export const SURGE: Alert = {
  ...DISCOUNT,
  title: 'Small caps are up strongly',
  session: '2026-01-12',
  value: 0.062,
  peak: 0.062,
  threshold: 0.06,
  definition: {
    ...DISCOUNT.definition,
    words: { ...DISCOUNT.definition.words, figure: 'signed', restarts: 'year' },
  },
  precedent: {
    rank: 57,
    of: 63,
    atLeast: '2025-12-31',
    higher: '2025-12-31',
    dataSince: '2001-01-02',
  },
};
