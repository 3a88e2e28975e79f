import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import {
  createDynamoObservations,
  type DynamoObservationStore,
} from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { outboxDelivery } from '../../adapters/outbox/delivery.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Publisher, Subscriptions } from '../../shared/ports/delivery.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import {
  connectEmbeddedDynamoDb,
  type Door,
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../embedded-dynamodb.ts';
import { FolderInUseError } from '../folder-lock.ts';
import { type Place, placeIn } from './place.ts';

/** Everything kept in one data directory, behind the ports of the service. */
export interface LocalStore {
  readonly place: Place;
  readonly observations: DynamoObservationStore;
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly publisher: Publisher;
  readonly subscriptions: Subscriptions;
  end(): Promise<void>;
}

/** Opens a data directory for this process. Throws a `FolderInUseError` while another one has it. */
export async function openLocalStore(folder: string, now: () => Instant, door: Door): Promise<LocalStore> {
  return storeOn(await startEmbeddedDynamoDb(folder, door), placeIn(folder), now);
}

const WAITS = 100;
const WAIT_MS = 100;

/**
 * Uses a data directory: through the runtime that has it, else by opening it for as long as it takes. Waits up to ten
 * seconds for another command that has it, then throws its `FolderInUseError`.
 */
export async function useLocalStore(folder: string, now: () => Instant): Promise<LocalStore> {
  for (let waited = 0; ; waited += 1) {
    try {
      return await openLocalStore(folder, now, 'private');
    } catch (error) {
      if (!(error instanceof FolderInUseError)) throw error;
      const shared = await connectEmbeddedDynamoDb(folder);
      if (shared !== null) return storeOn(shared, placeIn(folder), now);
      if (waited >= WAITS) throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, WAIT_MS);
    });
  }
}

function storeOn(database: EmbeddedDynamoDb, place: Place, now: () => Instant): LocalStore {
  const delivery = outboxDelivery({ folder: place.outbox, subscriptions: place.subscriptions, now });
  return {
    place,
    observations: createDynamoObservations(database),
    records: createDynamoRecords(database),
    alerts: createDynamoAlerts(database),
    ...delivery,
    end: () => database.end(),
  };
}
