import { openLocalStore } from '../../local/runtime/local-store.ts';
import { localService } from '../../local/runtime/service.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import { instantOn } from '../../shared/service/progress.ts';
import { calendar } from '../cli/folder.ts';
import { marketOf, priced } from '../support/archive-of.ts';
import { rowsOf } from '../support/observations.ts';

// Run as a process of its own: the service on this machine through twelve evenings, two runs each. It says on standard
// output what it is about to do with a store or a message, and what was acknowledged, so that it can be killed there.

const SESSIONS = calendar.range('2026-01-02', '2026-01-20');
const RULES = `rules:
  - { id: ahead, title: Ahead, when: ret(AAA) > ret(BBB) }
  - { id: behind, title: Behind, when: ret(AAA) < ret(BBB) }
  - { id: twice, title: Twice, when: 'count(ret(AAA) > ret(BBB), 3) >= 2', severity: urgent }
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The same port, announcing every call before it is made. */
function announced<Port extends object>(name: string, port: Port): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        say(`call ${name}.${String(key)}`);
        return (value as (...all: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}

const [folder = ''] = process.argv.slice(2);
let now = instantOn('2025-12-31', 17 * 60 + 20);
const clock = (): number => now;
const store = await openLocalStore(folder, clock, 'private');
const subscribed = await store.subscriptions.subscribe({
  ...{ channel: 'email', address: 'reader@example.com', rules: ['*'], severity: 'info', form: 'single' },
});
if (subscribed.kind !== 'refused') await store.subscriptions.confirm(subscribed.subscription.id);

const observations = announced('observations', store.observations);
const service = localService({
  observations,
  records: announced('records', store.records),
  alerts: announced('alerts', store.alerts),
  publisher: announced('publisher', store.publisher),
  sources: [],
  market: marketOf([priced('AAA'), priced('BBB')]),
  calendar,
  rules: () => [{ file: 'rules.yaml', text: RULES }],
  clock,
  instruments: { line: () => {}, figure: () => {} },
  owner: `evenings-${process.pid}`,
  style: {},
  upkeep: () => store.observations.keepUp(now),
});

const record = async (session: string, index: number): Promise<void> => {
  // Ahead on two of three sessions.
  const close = 100 + index + (index % 3 === 0 ? -3 : 0);
  const batch = {
    series: rowsOf(['AAA.close', session, close], ['BBB.close', session, 50]),
    memberships: [],
    source: 'x',
  };
  await observations.record(batch, now);
  say(`stored ${dayOf(session)} ${close}`);
};

await record('2025-12-31', 0);
await service.run();
for (const [index, session] of SESSIONS.entries()) {
  now = instantOn(session, 17 * 60 + 20);
  await record(session, index + 1);
  await service.run();
  now = instantOn(session, 18 * 60 + 30);
  await service.run();
  say(`lived ${session}`);
}
await store.end();
say('done');
