import type { Calendar, Instant, Session } from '../../../shared/calendar/calendar.ts';
import type { Access } from '../access.ts';
import type { AcceptedValue, ProviderAnswer, ProviderName, RefusedValue } from '../answer.ts';
import type { Line } from '../ask.ts';

/** Closes that are wanted of one provider: every symbol on every session of a stretch. */
export interface PriceWant {
  readonly symbols: readonly string[];
  /** The session before the first one wanted, so that a jump onto it can be seen; then those wanted, ascending. */
  readonly sessions: readonly Session[];
  readonly now: Instant;
}

/** What a provider gave, in one convention: closes as traded, and splits. */
export interface LegAnswer {
  readonly accepted: readonly AcceptedValue[];
  readonly refused: readonly RefusedValue[];
  /** Answers that were not fine, one for each kind. */
  readonly troubles: readonly Pick<ProviderAnswer, 'kind' | 'detail' | 'retryAt'>[];
}

/** One provider of closes. */
export interface PriceLeg {
  readonly provider: ProviderName;
  /** The most symbols it is asked for; above it, only the first ones. */
  readonly most: number;
  /** The symbols it is asked for at all; null: any. */
  readonly only: ReadonlySet<string> | null;
  ask(want: PriceWant): Promise<LegAnswer>;
}

/** What a leg stands on. */
export interface LegGround {
  readonly line: Line;
  readonly access: Access;
  readonly calendar: Calendar;
}

/** Gathers the answers to several requests. */
export function gather(answers: readonly ProviderAnswer[]): LegAnswer {
  const troubles = new Map(
    answers.filter(({ kind }) => kind !== 'ok').map((answer) => [answer.kind, answer]),
  );
  return {
    accepted: answers.flatMap(({ accepted }) => accepted),
    refused: answers.flatMap(({ refused }) => refused),
    troubles: [...troubles.values()],
  };
}

const LASTING: ReadonlySet<string> = new Set([
  'auth',
  'entitlement',
  'blocked',
  'rate_minute',
  'rate_day',
  'rate_month',
  'transient',
]);

/** Whether an answer says that the provider will give nothing else in this run either. */
export function isLasting({ kind, retryAt }: Pick<ProviderAnswer, 'kind' | 'retryAt'>): boolean {
  // One in another format says nothing of the next, until the provider rests because of them.
  return LASTING.has(kind) || retryAt !== undefined;
}
