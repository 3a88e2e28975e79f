import type { Instant } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import { type DataHealth, dataHealth, type HealthGround } from '../service/data-health.ts';
import { HELD, LEVEL_ORIGINS, ORIGINS } from '../service/names.ts';
import { listRules } from '../service/rule-book.ts';
import { storedInstruments } from '../service/stored-instruments.ts';
import { keptWhile } from './kept-while.ts';

/** How the inputs of the rules stand; what is held by itself is told elsewhere. */
export type InputsHealth = Pick<DataHealth, 'session' | 'inputs' | 'counts'>;

/** What is looked at, and by which clock. */
export interface KeptHealthGround extends Omit<HealthGround, 'now'> {
  readonly clock: () => Instant;
}

/** Looks at the inputs of the rules, again only where what they come from has changed: members of an index are many. */
export function createHealth(ground: KeptHealthGround): () => Promise<InputsHealth> {
  const { observations, records, calendar, clock } = ground;
  return keptWhile(
    async () => [
      calendar.lastFinished(clock()),
      await observations.changedAt(),
      await observations.catalog(),
      (await listRules(records)).map(({ id, version, state }) => [id, version, state]),
      await revisions(records),
    ],
    async () => {
      const market = await storedInstruments(observations, ground.market);
      const { session, inputs, counts } = await dataHealth({
        ...ground,
        ...{ market, now: clock() },
      });
      return { session, inputs, counts };
    },
  );
}

/** Which version there is of every record of who said what, and of what waits. */
async function revisions(records: RecordStore): Promise<readonly (readonly [string, number])[]> {
  const lists = await Promise.all([HELD, ORIGINS, LEVEL_ORIGINS].map((prefix) => records.list(prefix)));
  return lists.flat().map(({ name, revision }) => [name, revision] as const);
}
