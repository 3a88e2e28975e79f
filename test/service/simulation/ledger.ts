import type { Instant } from '../../../shared/calendar/calendar.ts';
import type { RuleState } from '../../../shared/service/rule-state.ts';
import type { Ports } from '../world.ts';

/** What really happened at the stores and at SNS, whatever the runs were told. */
export interface Ledger {
  /** How often a record was made for each alert id. */
  readonly made: Map<string, number>;
  /** When each key was published. */
  readonly published: Map<string, Instant[]>;
  /** How often each rule and session was decided. */
  readonly decided: Map<string, number>;
  /** Notes a publish. */
  publish(key: string): void;
  readonly ports: Ports;
}

/** Writes down what gets through to the stores. */
export function keepLedger(ports: Ports, now: () => Instant): Ledger {
  const made = new Map<string, number>();
  const published = new Map<string, Instant[]>();
  const decided = new Map<string, number>();
  const publish = (key: string): void => {
    published.set(key, [...(published.get(key) ?? []), now()]);
  };
  const { records, alerts, publisher } = ports;
  const watched: Ports = {
    ...ports,
    records: {
      ...records,
      async write(name, value, expected) {
        const before = name.startsWith('rule-state/') ? await records.read(name) : null;
        const written = await records.write(name, value, expected);
        if (written === 'written' && name.startsWith('rule-state/')) {
          const was = before === null ? null : (JSON.parse(before.value) as RuleState).evaluated;
          const { id, evaluated } = JSON.parse(value) as RuleState;
          if (evaluated !== was) add(decided, `${id} ${evaluated}`);
        }
        return written;
      },
    },
    alerts: {
      ...alerts,
      async put(record) {
        const put = await alerts.put(record);
        if (put === 'new') add(made, record.alert.id);
        return put;
      },
    },
    publisher: {
      async publish(publication) {
        publish(publication.key);
        return await publisher.publish(publication);
      },
    },
  };
  return { made, published, decided, publish, ports: watched };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
