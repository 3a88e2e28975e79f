import type { Calendar, Instant, Session } from '../../shared/calendar/calendar.ts';

/** What is true, and what time it is: replicas publish from it, each by its own rules. */
export interface World {
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  /** The close as traded; undefined where the symbol did not trade. */
  readonly close: (symbol: string, session: Session) => number | undefined;
  readonly splits: readonly { readonly symbol: string; readonly session: Session; readonly ratio: number }[];
  /** Lower and upper bound of the target rate on any day, in percent. */
  readonly target: (date: string) => readonly [number, number];
  readonly symbols: readonly string[];
  /** Forward P/E by fund. */
  readonly multiples: Readonly<Record<'SPY' | 'SPSM', number>>;
}

/** What a replica answers. */
export interface Reply {
  readonly status: number;
  readonly body: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as a replica sees it. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** One provider's stand-in: enforces what the real one enforces. */
export type Replica = (asked: Asked, world: World) => Reply;

export const KEYS = {
  alpacaId: 'PKREPLICAKEYID000001',
  alpacaSecret: 'replica+secret/with=signs.000000001',
  tiingo: 'replica-tiingo-token-0001',
  massive: 'replica_massive_key_0001',
  fred: '0123456789abcdef0123456789abcdef',
} as const;

export function replyJson(value: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}

/** Sessions that have begun by now, from one day to another: the running one included. */
export function sessionsBegun({ calendar, clock }: World, from: string, to: string): readonly Session[] {
  return calendar.range(from, to).filter((session) => calendar.open(session) <= clock());
}

/** The close, or what was last paid while the session runs: never twice the same figure. */
export function priceNow(world: World, symbol: string, session: Session): number | undefined {
  const close = world.close(symbol, session);
  const running = world.clock() < world.calendar.close(session);
  return close === undefined || !running ? close : Math.round(close * 101.3) / 100;
}

/** New shares for each old one by every split after a session and up to a day. */
export function splitAfter({ splits }: World, symbol: string, session: Session): number {
  return splits
    .filter((split) => split.symbol === symbol && split.session > session)
    .reduce((ratio, split) => ratio * split.ratio, 1);
}

/** A volume that differs from session to session. */
export function volumeOf(session: Session): number {
  return 1_000_000 + (Number(session.replaceAll('-', '')) % 99_991);
}
