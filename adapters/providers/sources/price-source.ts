import type { Calendar, Session } from '../../../shared/calendar/calendar.ts';
import type {
  ObservationSource,
  SessionNeed,
  SourceAnswer,
  SourceRequest,
} from '../../../shared/ports/source.ts';
import type { AcceptedValue } from '../answer.ts';
import { batchOf, findingsOf } from './batch.ts';
import type { PriceLeg } from './price-leg.ts';

/** What a source of closes stands on. */
export interface PriceGround {
  /** In the order in which they are asked. */
  readonly legs: readonly PriceLeg[];
  /** Symbols that rules compare with each other: a session's closes of them come from one provider. */
  readonly core: readonly string[];
  readonly calendar: Calendar;
}

/** Values by session, for each provider that gave any. */
type Gathered = Map<string, Map<Session, AcceptedValue[]>>;

/**
 * Closes from the first provider that has them, and from the next where it has not. The core of a session is taken from
 * one provider, whole, so that both legs of a ratio are of one convention: the first that has all of it, else the one
 * that has most. Other symbols are taken one by one. Nothing is ever averaged.
 */
export function priceSource({ legs, core, calendar }: PriceGround): ObservationSource {
  const isCore = new Set(core);
  return {
    name: `closes (${legs.map(({ provider }) => provider).join(', ')})`,
    async fetch(request): Promise<SourceAnswer> {
      const wanted = wantedOf(request.needs);
      const coreNeeds = pick(wanted, (symbol) => isCore.has(symbol));
      const findings: string[] = [];
      const taken: [string, readonly AcceptedValue[]][] = [];
      // A leg that is stored already is asked for again, so that its pair is of the same provider.
      const whole = new Map([...coreNeeds.keys()].map((session) => [session, new Set(core)]));
      const ground = { legs, calendar, request, findings };
      taken.push(...chooseWhole(await gatherAll(whole, ground), coreNeeds, legs));
      const others = pick(wanted, (symbol) => !isCore.has(symbol));
      taken.push(...chooseSingly(await gatherAll(others, ground), legs));
      const batches = taken
        .filter(([, values]) => values.length > 0)
        .map(([provider, values]) => batchOf(values, provider));
      return { batches, findings: [...new Set(findings)] };
    },
    async stored() {},
  };
}

/** Symbols whose close is wanted, by session. */
type Wanted = ReadonlyMap<Session, ReadonlySet<string>>;

function wantedOf(needs: readonly SessionNeed[]): Wanted {
  return new Map(
    needs.map(({ session, series }) => [
      session,
      new Set(series.filter((id) => id.endsWith('.close')).map((id) => id.slice(0, -'.close'.length))),
    ]),
  );
}

function pick(wanted: Wanted, which: (symbol: string) => boolean): Wanted {
  const picked = [...wanted].map(
    ([session, symbols]) => [session, new Set([...symbols].filter(which))] as const,
  );
  return new Map(picked.filter(([, symbols]) => symbols.size > 0));
}

interface GatherGround extends Pick<PriceGround, 'legs' | 'calendar'> {
  readonly request: SourceRequest;
  readonly findings: string[];
}

/** Asks provider after provider for what is still wanted, each for everything that the ones before it left open. */
async function gatherAll(
  wanted: Wanted,
  { legs, calendar, request, findings }: GatherGround,
): Promise<Gathered> {
  const gathered: Gathered = new Map();
  let open = wanted;
  for (const leg of legs) {
    const sessions = [...open.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    const [first] = sessions;
    if (first === undefined) break;
    const symbols = [...new Set([...open.values()].flatMap((of) => [...of]))].toSorted((a, b) =>
      a < b ? -1 : 1,
    );
    const anchor = calendar.previous(first);
    const asked = anchor === undefined ? sessions : [anchor, ...sessions];
    const answer = await leg.ask({ symbols, sessions: asked, now: request.now });
    findings.push(...findingsOf(leg.provider, answer));
    const inTime = answer.accepted.filter(({ session }) => session <= request.last && open.has(session));
    gathered.set(
      leg.provider,
      Map.groupBy(inTime, ({ session }) => session),
    );
    open = stillOpen(open, inTime);
  }
  return gathered;
}

/** What is wanted still: of a session that one provider left incomplete, everything. */
function stillOpen(open: Wanted, values: readonly AcceptedValue[]): Wanted {
  const given = new Set(
    values
      .filter(({ field }) => field === 'close')
      .map(({ instrument, session }) => `${instrument} ${session}`),
  );
  const left = [...open].filter(([session, symbols]) =>
    [...symbols].some((symbol) => !given.has(`${symbol} ${session}`)),
  );
  return new Map(left);
}

/** Each session from the one provider that has most of what is needed, the earlier one on ties. */
function chooseWhole(
  gathered: Gathered,
  needs: Wanted,
  legs: readonly PriceLeg[],
): [string, AcceptedValue[]][] {
  const chosen = new Map(legs.map(({ provider }) => [provider as string, [] as AcceptedValue[]]));
  for (const [session, symbols] of needs) {
    let best: { provider: string; values: readonly AcceptedValue[]; has: number } | undefined;
    for (const [provider, sessions] of gathered) {
      const values = sessions.get(session) ?? [];
      const has = values.filter(
        ({ instrument, field }) => field === 'close' && symbols.has(instrument),
      ).length;
      if (has > (best?.has ?? 0)) best = { provider, values, has };
    }
    if (best !== undefined) chosen.get(best.provider)?.push(...best.values);
  }
  return [...chosen];
}

/** Each symbol of each session from the first provider that has it. */
function chooseSingly(gathered: Gathered, legs: readonly PriceLeg[]): [string, AcceptedValue[]][] {
  const seen = new Set<string>();
  return legs.map(({ provider }): [string, AcceptedValue[]] => {
    const values = [...(gathered.get(provider)?.values() ?? [])].flat();
    const fresh = values.filter(({ instrument, session }) => !seen.has(`${instrument} ${session}`));
    for (const { instrument, session } of fresh) seen.add(`${instrument} ${session}`);
    return [provider, fresh];
  });
}
