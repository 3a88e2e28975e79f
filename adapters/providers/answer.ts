import type { Calendar, Instant, Session } from '../../shared/calendar/calendar.ts';

/** The publishers Tidemark knows how to read. */
export const PROVIDERS = [
  'alpaca',
  'tiingo',
  'massive',
  'fred',
  'fredgraph',
  'nyfed',
  'ssga',
  'yahoo',
] as const;

export type ProviderName = (typeof PROVIDERS)[number];

/** What an answer amounts to; whoever asked branches on nothing else. */
export type AnswerKind =
  | 'ok'
  /** The key is missing, wrong or expired: another try cannot help. */
  | 'auth'
  /** The key is fine, its plan does not include this. */
  | 'entitlement'
  /** Not published yet: ask again at the next run. */
  | 'not_yet'
  | 'rate_minute'
  | 'rate_day'
  | 'rate_month'
  /** The market was closed on the day asked for. */
  | 'no_session'
  /** The market was open, and the provider has no value. */
  | 'missing_day'
  | 'unknown_symbol'
  /** A wall for robots, a consent page, a page where data was expected. */
  | 'blocked'
  /** Readable, and not what this provider sends. */
  | 'schema'
  /** A failure on the way: another try may help. */
  | 'transient';

/** One value as a provider gives it, in the unit `market.yaml` declares for the field. */
export interface AcceptedValue {
  readonly instrument: string;
  readonly field: string;
  /** A session for prices; for levels the date the value speaks for. */
  readonly session: Session;
  readonly value: number;
}

export type RefusalReason =
  | 'partial_bar'
  | 'future'
  | 'no_session'
  | 'bad_date'
  | 'wrong_session'
  | 'wrong_symbol'
  | 'unknown_symbol'
  | 'missing'
  | 'missing_day'
  | 'not_a_number'
  | 'not_positive'
  | 'out_of_range'
  | 'zero_volume'
  | 'duplicate'
  | 'suspected_split'
  | 'schema';

/** Something an answer says that is not taken, and why. */
export interface RefusedValue {
  readonly reason: RefusalReason;
  /** One sentence for a reader. */
  readonly detail: string;
  readonly instrument?: string;
  readonly field?: string;
  readonly session?: string;
}

/** Who belonged to a universe on a date. */
export interface Membership {
  readonly universe: string;
  readonly asOf: string;
  readonly instruments: readonly string[];
}

/** What an adapter makes of one answer. Values may be accepted whatever the kind: a good row is never lost. */
export interface ProviderAnswer {
  readonly kind: AnswerKind;
  /** One sentence for a reader; empty where there is nothing to add. */
  readonly detail: string;
  readonly accepted: readonly AcceptedValue[];
  readonly refused: readonly RefusedValue[];
  /** Where the provider says to ask again no sooner. */
  readonly retryAt?: Instant;
  /** The token of the next page. */
  readonly next?: string;
  /** Closes that the provider has already brought to a later split basis: never stored as traded. */
  readonly basis?: 'split_adjusted';
  readonly members?: Membership;
}

/** A split somebody else knows of: `ratio` new shares per old, on the first session of the new basis. */
export interface KnownSplit {
  readonly instrument: string;
  readonly session: Session;
  readonly ratio: number;
}

/** What was asked, and what came along with the body. */
export interface AnswerContext {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What was asked for, in canonical spelling (`BRK.B`); absent: not said. */
  readonly symbols?: readonly string[];
  /** The newest session asked for. */
  readonly session?: Session;
  readonly now: Instant;
  readonly calendar: Calendar;
  readonly splits?: readonly KnownSplit[];
  /** Closes of the same sessions on the latest split basis, by `SYMBOL session`: they tell of splits, and are never stored. */
  readonly adjusted?: ReadonlyMap<string, number>;
  /** `pass`: whoever asks looks at jumps itself, with more than one answer to go by. */
  readonly suspicions?: 'pass';
  /** What a sample of the body may never show. */
  readonly secrets?: readonly string[];
}

/** Reads a body; pure, and never throws. */
export type ParseAnswer = (body: Uint8Array, context: AnswerContext) => ProviderAnswer;

/** One request, ready to be sent. Secrets are in the headers where the provider allows it, else in the address. */
export interface ProviderRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer without values. */
export function refusedAnswer(kind: AnswerKind, detail: string): ProviderAnswer {
  return { kind, detail, accepted: [], refused: [] };
}
