import type { Instant } from '../../shared/calendar/calendar.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import type { World } from './world.ts';

const BASE: Readonly<Record<string, number>> = {
  IWM: 250,
  SPY: 690,
  QQQ: 620,
  DIA: 490,
  'BRK.B': 480,
  AMZN: 2400,
};

/** A world of a few symbols whose closes no two sessions share; AMZN splits 20 for 1 on 28 January 2026. */
export function smallWorld(clock: () => Instant): World {
  const calendar = createCalendar([]);
  const splits = [{ symbol: 'AMZN', session: '2026-01-28', ratio: 20 }];
  return {
    calendar,
    clock,
    splits,
    symbols: Object.keys(BASE),
    close(symbol, session) {
      const base = BASE[symbol];
      const ordinal = calendar.ordinal(session);
      if (base === undefined || ordinal === undefined) return undefined;
      const split = splits.some((one) => one.symbol === symbol && one.session <= session) ? 20 : 1;
      return Math.round((base * (1 + (ordinal % 97) / 1000) * 100) / split) / 100;
    },
    target: (date) => (date >= '2026-01-29' ? [3.25, 3.5] : [3.5, 3.75]),
    multiples: { SPY: 21.58, SPSM: 15.12 },
  };
}
