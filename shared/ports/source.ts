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
  /**
   * Of recent sessions, what is there already: said again, it shows a correction or is a second opinion. A source answers
   * as far as its quota allows; absent: nothing is asked again.
   */
  readonly again?: readonly SessionNeed[];
  /** Levels and events that rules read: the newest of each is wanted; absent: none. */
  readonly levels?: readonly SeriesId[];
}

/** Who belongs to a universe on a date, as a source says: the whole list. */
export interface MemberList {
  readonly universe: string;
  readonly asOf: string;
  readonly instruments: readonly string[];
}

/** What a source has to say. */
export interface SourceAnswer {
  /** In the order in which they are to be stored; empty where it has nothing new. */
  readonly batches: readonly ObservationBatch[];
  /** What it could not give or what was refused, one line each. */
  readonly findings: readonly string[];
  /** Who belongs to which universe by its newest list; absent: it says nothing of that. */
  readonly members?: readonly MemberList[];
  /** Whether it could not answer for now, so that asking again later may help; absent: it said what it has. */
  readonly failed?: string;
}

/** How far back a source goes, and how much it gives at once, for filling history in steps. */
export interface HistoryTerms {
  /** The oldest session it has; null: as far as anybody asks. */
  readonly first: Session | null;
  /** Sessions and series of one step, so that one step stays within a few minutes and its quota. */
  readonly sessions: number;
  readonly series: number;
}

/** On what terms a source is believed. */
export interface SourceTerms {
  /** 1 is believed first; no two sources share a rank. */
  readonly rank: number;
  /** Minutes after the close from which its row of a session is final enough. */
  readonly settleMinutes: number;
  /** How it fills history; null: it does not. */
  readonly history: HistoryTerms | null;
}

/** Where observations come from: an inbox of CSV files, a provider. */
export interface ObservationSource {
  readonly name: string;
  /** Terms of a provider, whose values pass the gate of acceptance; absent: somebody's own data, stored as it is. */
  readonly terms?: SourceTerms;
  /** Asks for what is missing. May throw: the other sources are asked all the same. */
  fetch(request: SourceRequest): Promise<SourceAnswer>;
  /** Told once everything of the last answer is stored; until then the same may be answered again. */
  stored(): Promise<void>;
}
