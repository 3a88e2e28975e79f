import type { Ports } from '../world.ts';
import type { Scheduler, SimulatedRun } from './scheduler.ts';

/** How the site of a call is named. */
export type SiteOf = (run: SimulatedRun, what: string) => string;

/** By workflow and call alone: quick. */
export const siteByCall: SiteOf = ({ kind }, what) => `${kind} ${what}`;

/** By the functions that await it too, so that every await is a site of its own: ten times as slow under vitest. */
export const siteByCaller: SiteOf = ({ kind }, what) => `${kind} ${callers()}: ${what}`;

/** Where the calls of one run wait. */
export interface Gate {
  readonly scheduler: Scheduler;
  readonly run: SimulatedRun;
  readonly siteOf?: SiteOf;
}

/** The ports of one run: every call waits for its turn and may go wrong. */
export function gatedPorts(ports: Ports, { scheduler, run, siteOf = siteByCall }: Gate): Ports {
  const { records, alerts, observations, publisher } = ports;
  const gate = <Value>(what: string, call: () => Promise<Value>): Promise<Value> =>
    scheduler.gate(run, siteOf(run, what), call);
  return {
    records: {
      read: (name) => gate(`records.read ${kindOf(name)}`, () => records.read(name)),
      write: (name, value, expected) =>
        gate(`records.write ${kindOf(name)}`, () => records.write(name, value, expected)),
      list: (prefix) => gate(`records.list ${kindOf(prefix)}`, () => records.list(prefix)),
      remove: (name, expected) =>
        gate(`records.remove ${kindOf(name)}`, () => records.remove(name, expected)),
    },
    alerts: {
      put: (record) => gate('alerts.put', () => alerts.put(record)),
      get: (id) => gate('alerts.get', () => alerts.get(id)),
      due: (now, limit) => gate('alerts.due', () => alerts.due(now, limit)),
      claim: (id, lease) => gate('alerts.claim', () => alerts.claim(id, lease)),
      settle: (id, owner, outcome) =>
        gate(`alerts.settle ${outcome.kind}`, () => alerts.settle(id, owner, outcome)),
      page: (query) => gate('alerts.page', () => alerts.page(query)),
    },
    observations: {
      record: (batch, now) => gate('observations.record', () => observations.record(batch, now)),
      load: (need) =>
        gate(`observations.load ${need.series.length === 0 ? 'memberships' : 'series'}`, () =>
          observations.load(need),
        ),
      catalog: () => gate('observations.catalog', () => observations.catalog()),
      changedAt: () => gate('observations.changedAt', () => observations.changedAt()),
      accept: (acceptance) => gate('observations.accept', () => observations.accept(acceptance)),
    },
    publisher: {
      publish: (publication) =>
        gate(`publisher.publish ${publication.key.startsWith('digest/') ? 'digest' : 'single'}`, () =>
          publisher.publish(publication),
        ),
    },
  };
}

/** How deep the stack is looked at: the wrappers, the readers of records, and who called them. */
const FRAMES = 24;
const FRAME = /^\s+at (?:async )?([\w$]+) \(.*\/shared\/service\/(?!json-record\.)[\w-]+\.ts/;

/** Who awaits the call: the two innermost functions of the workflows, so that every await is a site of its own. */
function callers(): string {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const stack = new Error('where').stack ?? '';
  Error.stackTraceLimit = usual;
  const names = stack.split('\n').flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  return names.slice(0, 2).reverse().join(' › ');
}

function kindOf(name: string): string {
  return name.split('/')[0] ?? name;
}
