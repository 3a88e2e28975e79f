import type { Session } from '../../../shared/calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../../../shared/ports/records.ts';
import { failure, success } from '../../../shared/result.ts';
import { readSession } from '../../../shared/service/progress.ts';
import { speakersInstead } from '../../../shared/service/replacing.ts';
import { readRuleState } from '../../../shared/service/rule-state.ts';
import { decisionOn } from '../../../shared/workbench/decision.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { libraryOf } from './library-of.ts';
import { noRule } from './read.ts';

/** Why the rule did or did not speak on a session. */
export const decision: Handler<'decision'> = async ({ ground, params, now }) => {
  const { id, session } = params;
  const { calendar, records, alerts } = ground;
  if (!calendar.covers(session) || calendar.ordinal(session) === undefined)
    return failure(notFound(`${session} is no session: the market is closed on that date`));
  if (session > (calendar.lastFinished(now) ?? ''))
    return failure(notFound(`${session} is not over yet, so nothing is decided of it`));
  const shelf = await libraryOf(ground).open();
  const definition = shelf.definitions.get(id);
  if (definition === undefined) return failure(notFound(noRule(id)));
  const { value: state } = await readRuleState(records, id);
  const open = state.recorded.episodes.findLast(
    ({ start, end }) => start <= session && (end === null || session <= end),
  );
  const own = await alertsOf(alerts, { rule: id, from: open?.start ?? session, to: session });
  return success(
    decisionOn(shelf, id, session, {
      ...{ definition, state },
      session: await readSession(records, session),
      alerts: own.filter(({ alert }) => alert.session === session),
      before: own.findLast(({ alert }) => alert.session < session && alert.episode !== null) ?? null,
      mutedBy: speakersInstead([...shelf.definitions.values()]).get(id) ?? null,
    }),
  );
};

/** A rule's alerts of some sessions, oldest first. */
async function alertsOf(
  store: AlertStore,
  { rule, from, to }: { readonly rule: string; readonly from: Session; readonly to: Session },
): Promise<readonly AlertRecord[]> {
  const found: AlertRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<AlertStore['page']>> = await store.page({ from, to, limit: 200, cursor });
    found.push(...page.records.filter(({ alert }) => alert.rule === rule));
    cursor = page.cursor;
  } while (cursor !== null);
  return found.toReversed();
}
