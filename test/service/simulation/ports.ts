import type { Ports } from '../world.ts';
import type { Scheduler, SimulatedRun } from './scheduler.ts';

/** The ports of one run: every call waits for its turn and may go wrong. */
export function gatedPorts(ports: Ports, scheduler: Scheduler, run: SimulatedRun): Ports {
  const { records, alerts, observations, publisher } = ports;
  const gate = <Value>(what: string, call: () => Promise<Value>): Promise<Value> =>
    scheduler.gate(run, `${run.kind} ${what}`, call);
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

function kindOf(name: string): string {
  return name.split('/')[0] ?? name;
}
