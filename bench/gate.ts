/**
 * What must not get worse unnoticed: `npm run bench:gate`, with `-- --short` in fewer rounds. The engine against the hand-tuned kernels on tasks g and h,
 * and today's evaluation against the full history's first run, each against its floor. What counts is where the better
 * quarter of the rounds ends, since a neighbour on the machine only makes rounds worse; a miss is measured again.
 */
import { scopeOf, snapshotOf } from './data/snapshot.ts';
import { createUniverse } from './data/universe.ts';
import { compare } from './rounds.ts';
import { engineContestant } from './tasks/engine.ts';
import { textsOf } from './tasks/rules.ts';
import { measureToday } from './today.ts';
import { tunedContestant } from './tuned/contestant.ts';

const isShort = process.argv.includes('--short');
const universe = createUniverse('full');
const snapshot = snapshotOf(universe);
const scope = scopeOf(snapshot);

async function slower(task: 'g' | 'h', rounds: number): Promise<number> {
  const engine = engineContestant(task, textsOf(task, universe), snapshot, scope);
  const result = await compare(task, engine, tunedContestant(task, universe), rounds);
  return 'ratio' in result ? result.quartiles[0] : Number.POSITIVE_INFINITY;
}

interface Gate {
  readonly what: string;
  readonly floor: number;
  readonly measure: () => Promise<number>;
}

const GATES: readonly Gate[] = [
  { what: 'g: times slower than tuned', floor: 2, measure: () => slower('g', isShort ? 7 : 15) },
  { what: 'h: times slower than tuned', floor: 2, measure: () => slower('h', isShort ? 15 : 31) },
  {
    what: 'today: share of the full history’s first run',
    floor: 1 / 5,
    measure: async () => 1 / (await measureToday(isShort ? 5 : 7)).quartiles[1],
  },
];

const TRIES = 3;
let missed = 0;
for (const { what, floor, measure } of GATES) {
  let found = await measure();
  for (let again = 1; again < TRIES && !(found <= floor); again++) found = Math.min(found, await measure());
  const isMet = found <= floor;
  missed += +!isMet;
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}: ${found.toFixed(2)}, floor ${floor.toFixed(2)}`);
}
process.exitCode = missed === 0 ? 0 : 1;
