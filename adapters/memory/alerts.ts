import type {
  AlertRecord,
  AlertStore,
  Claim,
  DeliveryState,
  Lease,
  Written,
} from '../../shared/ports/records.ts';

/** An alert with what its record does not show: who holds or held the lease, and how often it was claimed. */
interface Kept {
  record: AlertRecord;
  owner: string | null;
  attempts: number;
}

/** Keeps alerts in memory, as long as the process lives. */
export function createMemoryAlerts(): AlertStore {
  const alerts = new Map<string, Kept>();
  const oldestFirst = (): AlertRecord[] =>
    [...alerts.values()].map(({ record }) => record).toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return {
    async put(record) {
      if (alerts.has(record.alert.id)) return 'known';
      const { delivery } = record;
      const attempts = 'attempts' in delivery ? delivery.attempts : 0;
      alerts.set(record.alert.id, { record, owner: null, attempts });
      return 'new';
    },
    get: async (id) => alerts.get(id)?.record ?? null,
    async due(now, limit) {
      return oldestFirst()
        .filter(({ delivery }) => isFree(delivery, now))
        .slice(0, limit);
    },
    claim: async (id, lease) => claim(alerts.get(id), lease),
    settle: async (id, owner, outcome) => settle(alerts.get(id), owner, outcome),
    async page({ from, to, limit, cursor }) {
      const matching = oldestFirst()
        .reverse()
        .filter(({ alert }) => alert.session >= from && alert.session <= to)
        .filter((record) => cursor === null || placeOf(record) < cursor);
      const records = matching.slice(0, limit);
      const last = records.at(-1);
      return { records, cursor: last === undefined || matching.length <= limit ? null : placeOf(last) };
    },
  };
}

function placeOf({ alert }: AlertRecord): string {
  return `${alert.session}#${alert.id}`;
}

/** Whether anybody may claim. */
function isFree(delivery: DeliveryState, now: number): boolean {
  return delivery.kind === 'unsent' || (delivery.kind === 'claimed' && delivery.until < now);
}

function claim(kept: Kept | undefined, { owner, now, until }: Lease): Claim {
  if (kept === undefined) return { kind: 'taken' };
  const { delivery } = kept.record;
  const free = isFree(delivery, now);
  if (!free && !(delivery.kind === 'claimed' && kept.owner === owner)) return { kind: 'taken' };
  if (free) kept.attempts++;
  kept.owner = owner;
  kept.record = { ...kept.record, delivery: { kind: 'claimed', until, attempts: kept.attempts } };
  return { kind: 'claimed', attempts: kept.attempts };
}

function settle(kept: Kept | undefined, owner: string, outcome: DeliveryState): Written {
  if (kept === undefined || kept.owner !== owner) return 'conflict';
  const { kind } = kept.record.delivery;
  if (kind !== 'claimed' && kind !== outcome.kind) return 'conflict';
  kept.record = { ...kept.record, delivery: outcome };
  if ('attempts' in outcome) kept.attempts = outcome.attempts;
  return 'written';
}
