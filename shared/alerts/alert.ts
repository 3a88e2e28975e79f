import type { Session } from '../calendar/calendar.ts';
import type { Unit } from '../expression/types.ts';
import type { Direction, Severity } from '../rules/rule.ts';

export type AlertKind = 'fired' | 'updated' | 'resolved' | 'correction' | 'blind' | 'recovered' | 'reminder';

/** How exceptional the episode's furthest value is, over the sessions before the episode (DESIGN section 5). */
export interface Precedent {
  readonly rank: number;
  readonly of: number;
  /** The last session on which the measure was at least as far; null when there is none. */
  readonly atLeast: Session | null;
  /** The last session on which it was strictly further; null when there is none. */
  readonly higher: Session | null;
  /** The measure's first session; null only where it never had a value. */
  readonly dataSince: Session | null;
}

/** How close the call was, positive when true. `lead` is the cumulative lead over a streak, null for other measures. */
export interface Margin {
  readonly value: number;
  readonly session: Session;
  readonly lead: number | null;
}

/** Figures of one outcome over one horizon: ratios; null where n is 0. */
export interface OutcomeFigures {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly positive: number | null;
  readonly worst: number | null;
}

export interface BaseRate extends OutcomeFigures {
  /** Canonical text of the outcome expression. */
  readonly outcome: string;
  /** Sessions ahead: 5, 21, 63, 126 or 252. */
  readonly horizon: number;
  /** The same figures over all sessions. */
  readonly all: OutcomeFigures;
}

/** Where another rule stands on the alert's session. */
export interface Evidence {
  readonly rule: string;
  readonly title: string;
  readonly side: 'for' | 'against' | 'no data';
}

/** One input of the rule on the alert's session. */
export interface InputFreshness {
  /** A series id, or a universe id with its coverage. */
  readonly input: string;
  /** The session (or date) of the value used; null where there is none. */
  readonly asOf: Session | null;
  /** `held`: a newer value is there and waits to be accepted; `asOf` is that of the one in force. */
  readonly status: 'fresh' | 'carried' | 'stale' | 'missing' | 'held';
  /** Members with a value and members, for a universe; null otherwise. */
  readonly coverage: { readonly have: number; readonly of: number } | null;
}

/** What a reader needs to settle an argument about the figure. */
export interface Definition {
  readonly expression: string;
  readonly measure: string | null;
  readonly measureUnit: Unit | null;
  /** Instruments read and what they stand for. */
  readonly instruments: readonly {
    readonly id: string;
    readonly name: string;
    readonly standsFor: string | null;
  }[];
  /** Who the values came from, in words; empty where nothing is known of that. */
  readonly sources: readonly string[];
  readonly version: string;
  /** The condition under which it resolves, canonical text. */
  readonly resolvesWhen: string;
  readonly keepFiring: number;
  readonly direction: Direction | null;
  /** The threshold's canonical text; null without one. */
  readonly threshold: string | null;
  /** The unit of the margin: that of `a - b` for a streak of `a > b`, else the measure's; null without a margin. */
  readonly marginUnit: Unit | null;
  /** The same in words a reader understands. */
  readonly words: DefinitionWords;
}

/** What a count counts: "5 of 6 signs agree", "341 of 498 members". */
export interface Tally {
  /** One of them: `sign`, `member`. */
  readonly noun: string;
  /** How many there are; null where that differs from session to session, and `universe` says whose coverage tells. */
  readonly of: number | null;
  readonly universe: string | null;
  /** What they do, after the number: `agree`; empty where the title says it. */
  readonly verb: string;
}

/** A rule's expressions in words, for the messages; what has no words of its own appears as its canonical text. */
export interface DefinitionWords {
  /** The measure as the subject of a sentence; null without a measure. */
  readonly measure: string | null;
  /** A clause in the past tense with `{value}` where the value stands; null without a measure. */
  readonly clause: string | null;
  /** What a streak counts: sessions, or the dates of an event; null for any other measure. */
  readonly counts: 'sessions' | 'times' | null;
  /** What a count counts, so that no bare number is told; null for any other measure. */
  readonly tally: Tally | null;
  /** The period at whose beginning the measure starts again (`ytd`, `qtd`, `mtd`); null for any other measure. */
  readonly restarts: 'year' | 'quarter' | 'month' | null;
  /** How a ratio is printed: as a percentage, one with its sign, or a plain decimal (a correlation). */
  readonly figure: 'signed' | 'percent' | 'plain';
  readonly condition: string;
  readonly resolvesWhen: string;
  /** The outcomes by their canonical text, in words that fit every horizon. */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** What Tidemark says about a transition, everything as known on its session (DESIGN section 5). */
export interface Alert {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly note: string;
  readonly severity: Severity;
  readonly tags: readonly string[];
  readonly kind: AlertKind;
  readonly session: Session;
  /** Episode id; null outside an episode. */
  readonly episode: string | null;
  readonly episodeStart: Session | null;
  /** Sessions the episode has been firing, this one included; null outside an episode. */
  readonly duration: number | null;
  readonly value: number | null;
  /** The furthest value of the episode so far; null without a measure or direction. */
  readonly peak: number | null;
  readonly threshold: number | null;
  readonly definition: Definition;
  readonly precedent: Precedent | null;
  readonly margin: Margin | null;
  readonly baseRate: readonly BaseRate[];
  readonly evidence: readonly Evidence[];
  readonly inputs: readonly InputFreshness[];
  /** Conditions of a `votes(…)` that had no data, canonical text. */
  readonly withoutData: readonly string[];
  /** True where the rule was firing before it went live: the episode's true start is `episodeStart`. */
  readonly alreadyTrue: boolean;
  /** True where the session was evaluated late. */
  readonly late: boolean;
  /** Why an episode ended or went on: null for the ordinary course. */
  readonly reason: 'rule changed' | 'rule deleted' | 'rule disabled' | null;
  /** The session a correction corrects; null for other kinds. */
  readonly corrects: Session | null;
  /** For a correction: whether the corrected session now fires. */
  readonly correctedFiring: boolean | null;
}

/** An alert rendered for every channel. */
export interface Message {
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
}
