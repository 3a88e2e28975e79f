import type { Calendar, Instant, Session } from '../../../shared/calendar/calendar.ts';
import type { HistoryTerms, ObservationSource, SourceTerms } from '../../../shared/ports/source.ts';
import type { Market } from '../../../shared/series/market.ts';
import type { Access } from '../access.ts';
import type { ProviderName } from '../answer.ts';
import type { Line } from '../ask.ts';
import { newYorkDate } from '../new-york-date.ts';
import { alpacaLeg } from './alpaca-leg.ts';
import { fundProvider } from './fund-provider.ts';
import { massiveLeg } from './massive-leg.ts';
import type { LegGround } from './price-leg.ts';
import { priceProvider } from './price-provider.ts';
import { rateProvider } from './rate-provider.ts';
import { tiingoLeg, yahooLeg } from './single-leg.ts';

/** What the providers' sources stand on. */
export interface SourcesGround {
  readonly line: Line;
  readonly access: ReadonlyMap<ProviderName, Access>;
  readonly calendar: Calendar;
  /** As declared, without what data brings along: sources that give few symbols are asked for its own only. */
  readonly market: Market;
}

const DAY_MS = 86_400_000;
/** Massive's free plan goes back two years; a week less, so that no step begins on the edge. */
const MASSIVE_DAYS = 2 * 365 - 7;

/** The sources that are configured, the most believed first; prices before rates before funds. */
export function providerSources({
  line,
  access,
  calendar,
  market,
}: SourcesGround): readonly ObservationSource[] {
  const terms = termsAt(line.clock());
  const priced = [...market.instruments.values()].filter(({ fields }) => fields.has('close'));
  const core = new Set(priced.map(({ id }) => id));
  return [...terms].flatMap(([provider, [settleMinutes, history]], index) => {
    const reached = access.get(provider);
    if (reached === undefined) return [];
    const ground: LegGround = { line, access: reached, calendar };
    return [open(provider, { ...ground, core }, { rank: index + 1, settleMinutes, history })];
  });
}

type Terms = readonly [settleMinutes: number, history: HistoryTerms | null];

/**
 * Providers in the order in which they are believed: minutes until a row is final, and steps of closes long past. A step
 * of Tiingo's, twelve requests, leaves some of the fifty of an hour; rates bring their history along by themselves.
 */
function termsAt(now: Instant): ReadonlyMap<ProviderName, Terms> {
  const massive: Session | null = newYorkDate(now - MASSIVE_DAYS * DAY_MS) ?? null;
  return new Map<ProviderName, Terms>([
    ['alpaca', [45, { first: '2016-01-04', sessions: 250, series: 100 }]],
    ['tiingo', [90, { first: null, sessions: 2000, series: 12 }]],
    ['yahoo', [45, { first: null, sessions: 2000, series: 5 }]],
    ['massive', [45, { first: massive, sessions: 10, series: 1000 }]],
    ['fred', [0, null]],
    ['fredgraph', [0, null]],
    ['nyfed', [0, null]],
    ['ssga', [0, null]],
  ]);
}

function open(
  provider: ProviderName,
  ground: LegGround & { readonly core: ReadonlySet<string> },
  terms: SourceTerms,
): ObservationSource {
  const { calendar, core } = ground;
  switch (provider) {
    case 'alpaca':
      return priceProvider(alpacaLeg(ground), terms, calendar);
    case 'tiingo':
      return priceProvider(tiingoLeg(ground, core), terms, calendar);
    case 'yahoo':
      return priceProvider(yahooLeg(ground, core), terms, calendar);
    case 'massive':
      return priceProvider(massiveLeg(ground), terms, calendar);
    case 'ssga':
      return fundProvider(ground, terms);
    case 'fred':
    case 'fredgraph':
    case 'nyfed':
      return rateProvider(ground, terms);
  }
}
