import type { Session } from '../../../shared/calendar/calendar.ts';
import { success } from '../../../shared/result.ts';
import type { MembershipSpan } from '../../../shared/series/archive.ts';
import type { Universe } from '../../../shared/series/market.ts';
import { readMarket, type StoredMarket } from '../../../shared/service/open-archive.ts';
import { listRules } from '../../../shared/service/rule-book.ts';
import { storedInstruments } from '../../../shared/service/stored-instruments.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';

/** The market as rules are checked against it: what is declared, what is stored, and everybody who ever was a member. */
export async function storedMarket({ observations, market }: ApiGround): Promise<StoredMarket> {
  return await readMarket(observations, await storedInstruments(observations, market));
}

/** What expressions may name. */
export const market: Handler<'market'> = async ({ ground, now }) => {
  const { market: declared, memberships } = await storedMarket(ground);
  const session = ground.calendar.lastFinished(now) ?? ground.calendar.first;
  const standing = (await listRules(ground.records)).filter(({ state }) => state !== 'deleted');
  return success({
    instruments: [...declared.instruments.values()].map(({ id, name, standsFor, fields }) => ({
      ...{ id, name, standsFor },
      fields: [...fields].map(([field, { kind, unit }]) => ({ name: field, kind, unit })),
    })),
    universes: [...declared.universes.values()].map((one) => ({
      ...{ id: one.id, name: one.name, coverage: one.coverage },
      members: membersOn(one, memberships, session),
    })),
    portfolios: [...declared.portfolios.keys()].map((id) => ({ id })),
    rules: standing.map(({ id }) => id),
  });
};

/** How many belong to a universe on a session; null where membership is dated and nobody's is stored. */
function membersOn(
  { id, members }: Universe,
  memberships: readonly MembershipSpan[],
  session: Session,
): number | null {
  if (members !== null) return members.length;
  const spans = memberships.filter(({ universe }) => universe === id);
  if (spans.length === 0) return null;
  const on = spans.filter(
    ({ from, to }) => (from === null || from <= session) && (to === null || to > session),
  );
  return new Set(on.map(({ instrument }) => instrument)).size;
}
