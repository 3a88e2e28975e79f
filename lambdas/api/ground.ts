import type { Style } from '../../shared/alerts/message/render.ts';
import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import type { Subscriptions } from '../../shared/ports/delivery.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import type { Market } from '../../shared/series/market.ts';
import type { RuleLoader } from '../../shared/service/rule-book.ts';
import type { InputsHealth } from '../../shared/workbench/health.ts';
import type { Instruments } from '../instruments.ts';

/** A provider of observations as the data page tells of it. */
export interface ProviderStatus {
  readonly name: string;
  readonly title: string;
  readonly configured: boolean;
  /** What its last answer was; null where it was never asked. */
  readonly last: { readonly at: Instant; readonly outcome: string } | null;
  /** One sentence for a reader. */
  readonly text: string;
}

/** A message in the outbox of this machine; whom it is for is masked. */
export interface OutboxEntry {
  readonly name: string;
  /** When it was written; null where its header does not say. */
  readonly at: Instant | null;
  readonly channel: string;
  readonly to: string;
  readonly subject: string;
  /** The whole message, headers first. */
  readonly text: string;
}

/** Reads the outbox of this machine. */
export interface OutboxReader {
  /** The newest messages, newest first. */
  list(): Promise<readonly OutboxEntry[]>;
  /** One message by its name; null where there is none. */
  read(name: string): Promise<OutboxEntry | null>;
}

/** What every part of the API stands on. */
export interface WebGround {
  readonly records: RecordStore;
  /** The time of the service; on the sample it stands. */
  readonly clock: () => Instant;
  /** Milliseconds that only go forward, for saying how long something took and for limits: never a time of day. */
  readonly ticks: () => number;
  readonly where: 'local' | 'deployed';
  readonly instruments: Instruments;
}

/** What the routes about subscriptions stand on. */
export interface PeopleGround extends WebGround {
  readonly subscriptions: Subscriptions;
  /** Whether the service sends HTML mail. */
  readonly htmlMail: boolean;
}

/** What all other routes stand on: the ports of the service, and what differs between a deployment and this machine. */
export interface ApiGround extends WebGround {
  readonly alerts: AlertStore;
  readonly observations: ObservationStore;
  /** Read only, to say whom an alert would reach. */
  readonly subscriptions: Pick<Subscriptions, 'list'>;
  /** As it is declared: what is stored and not declared is added by whoever needs it. */
  readonly market: Market;
  readonly calendar: Calendar;
  /** Loads rules; one that remembers what it has read makes previews fast. */
  readonly load: RuleLoader;
  readonly version: string;
  /** Whether the service sends HTML mail. */
  readonly htmlMail: boolean;
  /** What the sample says of itself; null on real data. Messages are marked with it: `styleOf(ground)`. */
  readonly sample: string | null;
  /** When the service wakes next; null where its schedules rest or nobody here knows. */
  readonly next: () => Instant | null;
  /** How the inputs of the rules stand, looked at again only where something has changed. */
  readonly health: () => Promise<InputsHealth>;
  readonly providers: () => Promise<readonly ProviderStatus[]>;
  /** Null where messages leave by other ways. */
  readonly outbox: OutboxReader | null;
  /** Runs ingest, evaluation and delivery once; null where only schedules do. */
  readonly runNow: (() => Promise<void>) | null;
}

/** What the whole API stands on where one process serves it all. */
export type WholeGround = ApiGround & PeopleGround;

/** How messages are marked here. */
export function styleOf({ sample }: Pick<ApiGround, 'sample'>): Style {
  return sample === null ? {} : { sample };
}
