import type { Calendar } from '../../../shared/calendar/calendar.ts';
import type { ObservationSource } from '../../../shared/ports/source.ts';
import type { MembershipSpan } from '../../../shared/series/archive.ts';
import type { Market } from '../../../shared/series/market.ts';
import type { Access } from '../access.ts';
import type { ProviderName } from '../answer.ts';
import type { Line } from '../ask.ts';
import { alpacaLeg } from './alpaca-leg.ts';
import { fundSource } from './fund-source.ts';
import { massiveLeg } from './massive-leg.ts';
import type { LegGround, PriceLeg } from './price-leg.ts';
import { priceSource } from './price-source.ts';
import { rateSource } from './rate-source.ts';
import { tiingoLeg, yahooLeg } from './single-leg.ts';

/** What the providers' sources stand on. */
export interface SourcesGround {
  readonly line: Line;
  readonly access: ReadonlyMap<ProviderName, Access>;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly memberships: () => Promise<readonly MembershipSpan[]>;
}

const LEGS: readonly (readonly [ProviderName, (ground: LegGround) => PriceLeg])[] = [
  ['alpaca', alpacaLeg],
  ['tiingo', tiingoLeg],
  ['yahoo', yahooLeg],
  ['massive', massiveLeg],
];

/** The sources that are configured: closes, the policy rate, funds. Membership comes first, for closes follow from it. */
export function providerSources({
  line,
  access,
  market,
  calendar,
  memberships,
}: SourcesGround): readonly ObservationSource[] {
  const legs = LEGS.flatMap(([provider, open]) => {
    const reached = access.get(provider);
    return reached === undefined ? [] : [open({ line, access: reached, calendar })];
  });
  const ssga = access.get('ssga');
  const universes = [...market.universes.values()]
    .filter(({ members }) => members === null)
    .map(({ id }) => id);
  return [
    ...(ssga === undefined ? [] : [fundSource({ line, access: ssga, calendar, universes, memberships })]),
    rateSource({ line, access, calendar }),
    ...(legs.length === 0 ? [] : [priceSource({ legs, core: coreOf(market), calendar })]),
  ];
}

/** Every instrument that the market names itself and that has a close. */
function coreOf({ instruments }: Market): readonly string[] {
  return [...instruments.values()].filter(({ fields }) => fields.has('close')).map(({ id }) => id);
}
