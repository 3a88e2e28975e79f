import type { Style } from '../alerts/message/render.ts';
import type { Calendar, Instant } from '../calendar/calendar.ts';
import type { Publisher } from '../ports/delivery.ts';
import type { AlertStore, RecordStore } from '../ports/records.ts';
import type { MinuteOfDay } from './progress.ts';
import type { Protocol } from './report.ts';
import type { RuleDefinition } from './rule-book.ts';
import type { Silence } from './silences.ts';

/** What a delivery stands on. */
export interface DeliverGround {
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly publisher: Publisher;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  /** Resolves when the next publish may go out: at most five a second. */
  readonly pace: () => Promise<void>;
  /** This run's own name: no two runs have the same. */
  readonly owner: string;
  /** How long a claim holds, in milliseconds: longer than the run may last. */
  readonly lease: number;
  /** No publish is begun from this instant on; by default a run lasts as long as there is something to send. */
  readonly stopAt?: Instant;
  /** From this minute on (22:00 New York, unless configured) a session's alerts wait no longer for the rest. */
  readonly deadlineMinute?: MinuteOfDay;
  readonly style?: Style;
}

/** A run while it goes on. */
export interface DeliverRun {
  readonly ground: DeliverGround;
  readonly protocol: Protocol;
  readonly silences: readonly Silence[];
  /** Every rule ever saved, read when it is first asked for. */
  readonly rules: () => Promise<readonly RuleDefinition[]>;
}

/** 22:00. */
export const DEADLINE: MinuteOfDay = 22 * 60;
