import { FIRING } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import type { Evidence } from './alert.ts';

/** What was recorded of a rule: its state per session, and the index of its first verdict (-1: never had one). */
export interface RecordedStates {
  readonly title: string;
  readonly states: Uint8Array;
  readonly firstVerdict: number;
}

/** Where the rules an alert names as evidence stood on a session, as recorded then; one that is not there had no data. */
export function evidenceAt(
  rule: Pick<Rule, 'evidence'>,
  recorded: (rule: string) => RecordedStates | undefined,
  index: number,
): readonly Evidence[] {
  return rule.evidence.map((id) => {
    const other = recorded(id);
    return { rule: id, title: other?.title ?? id, side: sideOf(other, index) };
  });
}

function sideOf(other: RecordedStates | undefined, index: number): Evidence['side'] {
  if (other === undefined || other.firstVerdict < 0 || other.firstVerdict > index) return 'no data';
  return other.states[index] === FIRING ? 'for' : 'against';
}
