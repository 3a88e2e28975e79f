import type { Alert, Message } from '../../shared/alerts/alert.ts';
import { planDigest, renderDigest } from '../../shared/alerts/message/digest.ts';
import { renderMessage, type Style } from '../../shared/alerts/message/render.ts';
import type { Session } from '../../shared/calendar/calendar.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Archive } from '../../shared/series/archive.ts';
import { replay } from '../../shared/workflows/replay.ts';

/** One message a subscriber to everything would have got, with the alerts it tells. */
export interface Sent {
  readonly session: Session;
  readonly alerts: readonly Alert[];
  readonly message: Message;
}

/** The last sessions of an archive. */
export interface LatestPeriod {
  readonly from: Session;
  readonly to: Session;
}

/** The last `count` sessions up to the last stored value; null where nothing is stored. */
export function latestPeriod({ calendar, filled }: Archive, count: number): LatestPeriod | null {
  const last = filled.at(-1);
  if (last === undefined) return null;
  const from = calendar.sessions[Math.max(0, last - count + 1)];
  const to = calendar.sessions[last];
  return from === undefined || to === undefined ? null : { from, to };
}

/** Everything sent over a period, in order: single alerts, or a digest where a session has many. */
export function sentOver(
  archive: Archive,
  rules: readonly Rule[],
  period: LatestPeriod,
  style: Style,
): readonly Sent[] {
  const bySession = Map.groupBy(replay(archive, rules, period), ({ session }) => session);
  return [...bySession].flatMap(([session, alerts]): Sent[] => {
    const { digest, alone } = planDigest(alerts);
    const together =
      digest === null ? [] : [{ session, alerts: digest, message: renderDigest(digest, style) }];
    return [
      ...together,
      ...alone.map((alert) => ({ session, alerts: [alert], message: renderMessage(alert, style) })),
    ];
  });
}

/** The rule this project was built for. */
const FIRST_RULE = 'small-cap-streak';
const LOUDNESS = { info: 0, notice: 1, urgent: 2 } as const;

/**
 * The alert to explain first: the streak's, where it fired in the period; otherwise the latest that fired, the loudest
 * of its session; otherwise the last one. Undefined where there is none.
 */
export function alertToExplain(alerts: readonly Alert[]): Alert | undefined {
  const fired = alerts.filter(({ kind }) => kind === 'fired');
  const latest = fired.filter(({ session }) => session === fired.at(-1)?.session);
  return (
    fired.findLast(({ rule }) => rule === FIRST_RULE) ??
    latest.toSorted((a, b) => LOUDNESS[b.severity] - LOUDNESS[a.severity])[0] ??
    alerts.at(-1)
  );
}
