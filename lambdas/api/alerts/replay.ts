import { renderMessage } from '../../../shared/alerts/message/render.ts';
import type { Alert, Message } from '../../../shared/alerts/alert.ts';
import type { Answer } from '../../../shared/api/routes.ts';
import type { AlertRecord } from '../../../shared/ports/records.ts';
import { failure, success } from '../../../shared/result.ts';
import { replay as replayOf } from '../../../shared/workflows/replay.ts';
import { type ApiGround, styleOf } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { libraryOf } from '../rules/library-of.ts';

/** More alerts of one session than there can be rules. */
const MOST = 10_000;

/** Tells a session again by the rules that stand, from what was known then, beside what was recorded of it. */
export const replay: Handler<'replay'> = async ({ ground, params: { session }, now }) => {
  const { calendar } = ground;
  const ordinal = calendar.covers(session) ? calendar.ordinal(session) : undefined;
  if (ordinal === undefined || session > (calendar.lastFinished(now) ?? '')) {
    return failure(notFound(`${session} is no session that is over`));
  }
  const [told, recorded] = await Promise.all([toldAgain(ground, session), recordedOn(ground, session)]);
  const ids = new Set(told.map(({ alert }) => alert.id));
  return success({
    session,
    alerts: told.map(({ alert, message }) => {
      const { id, kind, rule } = alert;
      const { subject, email, sms } = message;
      return { id, kind, rule, subject, email, sms, recorded: beside(recorded.get(id), { alert, message }) };
    }),
    missing: [...recorded.keys()].filter((id) => !ids.has(id)),
  });
};

interface Told {
  readonly alert: Alert;
  readonly message: Message;
}

async function toldAgain(ground: ApiGround, session: string): Promise<readonly Told[]> {
  const shelf = await libraryOf(ground).open();
  const rules = [...shelf.rules.values()].filter(({ id }) => shelf.definitions.get(id)?.state === 'enabled');
  const style = styleOf(ground);
  return replayOf(shelf.archive, rules, { from: session, to: session }).map((alert) => {
    return { alert, message: renderMessage(alert, style) };
  });
}

async function recordedOn({ alerts }: ApiGround, session: string): Promise<ReadonlyMap<string, AlertRecord>> {
  const { records } = await alerts.page({ from: session, to: session, limit: MOST, cursor: null });
  return new Map(records.map((record) => [record.alert.id, record]));
}

/** Byte for byte: the record with all its figures, and the messages. */
function beside(
  recorded: AlertRecord | undefined,
  { alert, message }: Told,
): Answer<'replay'>['alerts'][number]['recorded'] {
  if (recorded === undefined) return 'unrecorded';
  const same = textOf(recorded.alert) === textOf(alert) && textOf(recorded.message) === textOf(message);
  return same ? 'same' : 'other';
}

/** Keys in one order, whichever they were stored in. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
