import type { Instant, Session } from '../calendar/calendar.ts';
import type { SeriesId } from '../series/snapshot.ts';
import type { ObservationBatch } from './observations.ts';

/** What a session still lacks: prices that enabled rules read. */
export interface SessionNeed {
  readonly session: Session;
  readonly series: readonly SeriesId[];
}

/** What a source is asked for: the oldest session first. A source may say more than it is asked. */
export interface SourceRequest {
  readonly needs: readonly SessionNeed[];
  /** The last finished session: nothing later is taken. */
  readonly last: Session;
  readonly now: Instant;
}

/** What a source has to say. */
export interface SourceAnswer {
  /** In the order in which they are to be stored; empty where it has nothing new. */
  readonly batches: readonly ObservationBatch[];
  /** What it could not give or what was refused, one line each. */
  readonly findings: readonly string[];
}

/** Where observations come from: an inbox of CSV files, a provider. */
export interface ObservationSource {
  readonly name: string;
  /** Asks for what is missing. May throw: the other sources are asked all the same. */
  fetch(request: SourceRequest): Promise<SourceAnswer>;
  /** Told once everything of the last answer is stored; until then the same may be answered again. */
  stored(): Promise<void>;
}
