import type { Session } from '../calendar/calendar.ts';
import type { Alert, AlertKind } from './alert.ts';

/** One thing to speak of: what becomes an alert. */
export interface Transition {
  readonly kind: AlertKind;
  /** Index of the session it belongs to. */
  readonly index: number;
  /** The episode as told: the recorded id and the first session as known now; null outside an episode. */
  readonly episode: { readonly id: string; readonly start: Session } | null;
  /** Position of the episode in the course it is figured from; null where the course has no such episode. */
  readonly span: number | null;
  readonly reason: Alert['reason'];
  readonly alreadyTrue: boolean;
  readonly late: boolean;
  /** `history` where the session was evaluated too late to be sent: recorded, never sent. */
  readonly withheld: 'history' | null;
  readonly corrects: Session | null;
  readonly correctedFiring: boolean | null;
}

/** A transition in the ordinary course: no reason, no mark, no correction. */
export function ordinary(
  kind: AlertKind,
  index: number,
  episode: Transition['episode'],
  span: number | null,
): Transition {
  return {
    kind,
    index,
    episode,
    span,
    reason: null,
    alreadyTrue: false,
    late: false,
    withheld: null,
    corrects: null,
    correctedFiring: null,
  };
}
