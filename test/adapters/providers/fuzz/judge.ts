import {
  type AnswerContext,
  PROVIDERS,
  type ProviderAnswer,
  type ProviderName,
} from '../../../../adapters/providers/answer.ts';
import { newYorkDate } from '../../../../adapters/providers/new-york-date.ts';
import { parseAnswer } from '../../../../adapters/providers/parse.ts';
import {
  alpacaBar,
  alpacaBars,
  massiveGrouped,
  massiveRow,
  RECORDED,
  tiingoRow,
  tiingoRows,
  yahooChart,
} from '../../../replicas/bodies.ts';
import { ERRORS } from '../../../replicas/errors.ts';
import { asked } from '../context.ts';
import { chanceOf, mutate } from './mutate.ts';

/** A body, and what was asked when it came. */
interface Case {
  readonly provider: ProviderName;
  readonly body: Uint8Array;
  readonly context: AnswerContext;
}

const WEEK = ['2026-01-26', '2026-01-27', '2026-01-28', '2026-01-29', '2026-01-30'];
/** Friday, half past twelve: the row of the running session is there and no close yet. */
const NOON = Date.UTC(2026, 0, 30, 17, 30);

const CASES: readonly Case[] = [
  ...PROVIDERS.flatMap((provider) =>
    Object.values(RECORDED[provider]).map((body) => ({ provider, body, context: asked(askedFor(provider)) })),
  ),
  ...ERRORS.map(({ provider, body, status }) => ({
    provider,
    body,
    context: asked({ ...askedFor(provider), status }),
  })),
  ...[NOON, NOON + 5 * 3_600_000].flatMap((now): Case[] => {
    const context = asked({ symbols: ['IWM'], session: '2026-01-30', now });
    const stamps = WEEK.map((day) => Date.parse(`${day}T14:30:00Z`) / 1000);
    return [
      {
        provider: 'alpaca',
        body: alpacaBars({ IWM: WEEK.map((day, at) => alpacaBar(day, 250 + at)) }),
        context,
      },
      { provider: 'tiingo', body: tiingoRows(WEEK.map((day, at) => tiingoRow(day, 250 + at))), context },
      {
        provider: 'massive',
        body: massiveGrouped(
          ['IWM', 'SPY', 'QQQ'].map((name) => massiveRow(name, Date.UTC(2026, 0, 30, 21), 250)),
        ),
        context,
      },
      {
        provider: 'yahoo',
        body: yahooChart({ symbol: 'IWM', timestamp: stamps, close: WEEK.map((_, at) => 250 + at) }),
        context,
      },
    ];
  }),
];

/** What the recorded answers are about. */
function askedFor(provider: ProviderName): Pick<AnswerContext, 'symbols'> {
  const symbols = {
    alpaca: ['AAPL'],
    tiingo: ['GOOGL'],
    massive: ['VSAT', 'TANH', 'AAPL'],
    fred: ['DFEDTARU'],
    fredgraph: undefined,
    nyfed: undefined,
    ssga: undefined,
    yahoo: ['QQQ'],
  }[provider];
  return symbols === undefined ? {} : { symbols };
}

const LEVELS = new Set([
  'FED.target_upper',
  'FED.target_lower',
  'SP500.forward_pe',
  'SP600.forward_pe',
  'SP500.top10_weight',
]);

/** Feeds one seed's body to a parser, now and then somebody else's; every problem with the answer, in words. */
export function fuzzOnce(seed: number): { readonly problems: readonly string[]; readonly accepted: number } {
  const chance = chanceOf(seed);
  const { provider: owner, body, context } = CASES[Math.floor(chance() * CASES.length)] as Case;
  const stranger = PROVIDERS[Math.floor(chance() * PROVIDERS.length)] as ProviderName;
  const provider = chance() < 0.1 ? stranger : owner;
  const given = mutate(body, chance);
  try {
    const answer = parseAnswer(provider, given, context);
    const problems = problemsOf(answer, context, provider).map(
      (problem) => `seed ${seed}, ${provider}: ${problem}`,
    );
    return { problems, accepted: answer.accepted.length };
  } catch (error) {
    return { problems: [`seed ${seed}, ${provider}: threw ${String(error)}`], accepted: 0 };
  }
}

function problemsOf(answer: ProviderAnswer, context: AnswerContext, provider: ProviderName): string[] {
  const { calendar, now, symbols } = context;
  const today = newYorkDate(now) ?? '';
  const seen = new Set<string>();
  return answer.accepted.flatMap(({ instrument, field, session, value }) => {
    const name = `${instrument}.${field} ${session} ${value}`;
    const problem = (what: string): string[] => [`${name}: ${what}`];
    if (!Number.isFinite(value)) return problem('not finite');
    if (!calendar.covers(session) || session > today) return problem('no day that has been');
    if (seen.has(`${instrument}.${field} ${session}`)) return problem('told twice');
    seen.add(`${instrument}.${field} ${session}`);
    const priced = ['alpaca', 'tiingo', 'massive', 'yahoo'].includes(provider);
    if (!priced)
      return LEVELS.has(`${instrument}.${field}`) && value >= 0 ? [] : problem('no figure of this provider');
    if (value <= 0) return problem('not above zero');
    if (field === 'close' && (value < 1e-4 || value > 1e7)) return problem('beyond any price');
    if (calendar.ordinal(session) === undefined) return problem('outside a session');
    if (now < calendar.close(session)) return problem('of a running session');
    if (symbols?.includes(instrument) !== true) return problem('not asked for');
    return field === 'close' || field === 'split' ? [] : problem('no field of a price');
  });
}
