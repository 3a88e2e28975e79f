import type { Alert, Message } from '../alerts/alert.ts';
import type { Instant, Session } from '../calendar/calendar.ts';

/** A value and the revision it was read at: what a conditional write must find again. 0: nothing stored yet. */
export interface Versioned<Value> {
  readonly value: Value;
  readonly revision: number;
}

/** How a conditional write ended. `conflict`: somebody wrote in between, read again. */
export type Written = 'written' | 'conflict';

/** Small named values under optimistic locking: what was recorded of a rule, the service's own state. */
export interface RecordStore {
  read(name: string): Promise<Versioned<string> | null>;
  write(name: string, value: string, expected: number): Promise<Written>;
  list(
    prefix: string,
  ): Promise<readonly { readonly name: string; readonly value: string; readonly revision: number }[]>;
  remove(name: string, expected: number): Promise<Written>;
}

/** Why an alert is not published on its own (DESIGN section 6). */
export type WithheldReason = 'silence' | 'history' | 'digest';

export type DeliveryState =
  | { readonly kind: 'unsent' }
  | { readonly kind: 'claimed'; readonly until: Instant; readonly attempts: number }
  | { readonly kind: 'sent'; readonly at: Instant; readonly publishId: string; readonly attempts: number }
  | { readonly kind: 'withheld'; readonly reason: WithheldReason; readonly detail: string }
  | { readonly kind: 'failed'; readonly at: Instant; readonly error: string; readonly attempts: number };

/** One alert with its messages and what became of it. */
export interface AlertRecord {
  readonly alert: Alert;
  readonly message: Message;
  readonly createdAt: Instant;
  readonly delivery: DeliveryState;
}

/** A claim on one publish: until the lease ends nobody else may publish this alert. */
export interface Lease {
  readonly owner: string;
  readonly now: Instant;
  readonly until: Instant;
}

export type Claim =
  /** Ours; `attempts` counts this one, so more than 1 says that an earlier lease ran out. */
  | { readonly kind: 'claimed'; readonly attempts: number }
  /** Somebody's lease runs, or the alert is sent, withheld or failed. */
  | { readonly kind: 'taken' };

/** Alert records: one for each id, for ever. */
export interface AlertStore {
  /** Stores an alert unless its id is there already. */
  put(record: AlertRecord): Promise<'new' | 'known'>;
  get(id: string): Promise<AlertRecord | null>;
  /** Unsent alerts and those whose lease ran out before `now`, oldest session first. */
  due(now: Instant, limit: number): Promise<readonly AlertRecord[]>;
  claim(id: string, lease: Lease): Promise<Claim>;
  /** Ends an own claim; `conflict` when the lease was lost meanwhile and somebody else ended it. */
  settle(id: string, owner: string, outcome: DeliveryState): Promise<Written>;
  /** Alerts by session, newest first. */
  page(query: {
    readonly from: Session;
    readonly to: Session;
    readonly limit: number;
    readonly cursor: string | null;
  }): Promise<{ readonly records: readonly AlertRecord[]; readonly cursor: string | null }>;
}
