import type { Session } from '../../shared/calendar/calendar.ts';
import { fold, type Lifecycle } from '../../shared/rules/lifecycle.ts';
import type { UpdatePolicy } from '../../shared/rules/rule.ts';
import { evaluateSession } from '../../shared/workflows/evaluate-session.ts';
import { firesAt, type Knowledge } from '../../shared/workflows/knowledge.ts';
import type { Recorded } from '../../shared/workflows/recorded.ts';
import { calendar } from '../support/archive-of.ts';

const origin = calendar.onOrAfter('2026-01-02');

/** Sessions from 2 January 2026 by number, so that tests speak of session 0, 1, 2. */
export function session(index: number): Session {
  return calendar.sessions[origin + index] ?? '';
}

/**
 * What is known of a rule whose verdicts are written one letter a session: T true, f false, `.` no data, `e` no data for
 * want of an event alone. `claims` gives the date of `atLeast` per session, as a session number.
 */
export function known(
  verdicts: string,
  claims: readonly (number | null)[] = [],
  lifecycle?: Lifecycle,
): Knowledge {
  const when = Uint8Array.from(verdicts, (letter) => ({ T: 1, f: 2 })[letter] ?? 0);
  const resolve = when.map((code) => (code === 0 ? 0 : 3 - code));
  const excused = Uint8Array.from(verdicts, (letter) => (letter === 'e' ? 1 : 0));
  const all = { when, resolve, excused };
  return {
    sessions: Array.from(verdicts, (_, index) => session(index)),
    index: (label) => {
      const index = (calendar.ordinal(label) ?? -1) - origin;
      return index >= 0 && index < verdicts.length ? index : undefined;
    },
    verdicts: all,
    course: fold(lifecycle ?? { hold: 1, keepFiring: 0 }, all),
    atLeast: (_, index) => {
      const claim = claims[index];
      return claim === null || claim === undefined ? null : session(claim);
    },
  };
}

/** How a stretch of sessions is evaluated; what is absent is the ordinary course. */
export interface Walk {
  readonly recorded: Recorded;
  readonly knowledge: Knowledge;
  readonly from: number;
  readonly to: number;
  readonly update?: UpdatePolicy;
  readonly version?: string;
  /** What was known when the sessions before `from` were told. */
  readonly before?: Knowledge;
  /** Finished sessions after `to`. */
  readonly behind?: number;
}

/** Evaluates sessions one after the other; what was said is written `kind session`, marks after it. */
export function walk(options: Walk): { readonly said: readonly string[]; readonly recorded: Recorded } {
  const { knowledge, from, to, before } = options;
  let { recorded } = options;
  const said: string[] = [];
  for (let index = from; index <= to; index += 1) {
    const evaluated = evaluateSession({
      rule: { id: 'r', version: options.version ?? 'one', update: options.update ?? { kind: 'never' } },
      knowledge,
      index,
      recorded,
      believed: index === from && before !== undefined ? (earlier) => firesAt(before, earlier) : null,
      sessionsBehind: (options.behind ?? 0) + to - index,
    });
    recorded = evaluated.recorded;
    for (const transition of evaluated.transitions) {
      const marks = [
        transition.alreadyTrue ? 'already true' : '',
        transition.reason ?? '',
        transition.withheld ?? '',
        transition.corrects === null
          ? ''
          : `corrects ${number(transition.corrects)} ${transition.correctedFiring}`,
        transition.episode === null ? 'none' : `@${number(transition.episode.id.slice(-10))}`,
      ];
      said.push([transition.kind, index, ...marks.filter((mark) => mark !== '')].join(' '));
    }
  }
  return { said, recorded };
}

function number(label: Session): number {
  return (calendar.ordinal(label) ?? -1) - origin;
}
