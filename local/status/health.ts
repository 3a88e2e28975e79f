import type { RecordStore } from '../../shared/ports/records.ts';
import { type DataHealth, dataHealth } from '../../shared/service/data-health.ts';
import { HELD, LEVEL_ORIGINS, ORIGINS } from '../../shared/service/names.ts';
import { listRules } from '../../shared/service/rule-book.ts';
import { storedInstruments } from '../../shared/service/stored-instruments.ts';
import { keptWhile } from '../../shared/workbench/kept-while.ts';
import type { ReadingGround } from './readings.ts';

/** How the inputs of the rules stand; what is held by itself is told elsewhere. */
export type InputsHealth = Pick<DataHealth, 'session' | 'inputs' | 'counts'>;

/** Looks at the inputs of the rules, again only where what they come from has changed: members of an index are many. */
export function createHealth(ground: ReadingGround): () => Promise<InputsHealth> {
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
        ...{ records, observations, market, calendar, now: clock() },
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
