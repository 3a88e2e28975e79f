import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import { changeJson, type Stored } from './json-record.ts';
import { sessionName } from './names.ts';
import { advanceProgress, type Progress, type SessionRecord, sessionsBetween } from './progress.ts';
import type { Protocol } from './report.ts';
import type { RuleDefinition } from './rule-book.ts';
import { isDoneWith, listRuleStates, newRuleState, type RuleState } from './rule-state.ts';

/** What marking needs of a run. */
export interface MarkingRun {
  readonly ground: { readonly records: RecordStore; readonly calendar: Calendar };
  readonly now: Instant;
  readonly protocol: Protocol;
  readonly definitions: readonly RuleDefinition[];
}

/** Marks released sessions as evaluated, in order, as far as every rule is done with them, whoever did it. */
export async function markEvaluated(run: MarkingRun, progress: Progress): Promise<void> {
  const { records, calendar } = run.ground;
  const open = sessionsBetween(calendar, progress.evaluated, progress.released);
  if (open.length === 0) return;
  const states = await listRuleStates(records);
  const done: Session[] = [];
  for (const session of open) {
    const waiting = waitingFor(run, states, session);
    if (waiting.length > 0) {
      run.protocol.decide('not evaluated', session, `still to come: ${waiting.slice(0, 5).join(', ')}`);
      break;
    }
    done.push(session);
  }
  const last = done.at(-1);
  if (last === undefined) return;
  await advanceProgress(records, { evaluated: last });
  for (const session of done) {
    run.protocol.decide('session evaluated', session, 'every rule is done with it');
    await changeJson<SessionRecord>(records, sessionName(session), (before) =>
      before === null || before.evaluatedAt !== null ? null : { ...before, evaluatedAt: run.now },
    );
  }
}

function waitingFor(
  { definitions, ground }: MarkingRun,
  states: ReadonlyMap<string, Stored<RuleState>>,
  session: Session,
): readonly string[] {
  return definitions
    .filter((definition) => {
      const state = states.get(definition.id)?.value ?? newRuleState(definition.id);
      return !isDoneWith(definition, { state, session, calendar: ground.calendar });
    })
    .map(({ id }) => id);
}
