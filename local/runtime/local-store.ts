import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import {
  createDynamoObservations,
  type DynamoObservationStore,
} from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { outboxDelivery } from '../../adapters/outbox/delivery.ts';
import type { Relay } from '../../adapters/outbox/smtp-relay.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { MailingPublisher, Subscriptions } from '../../shared/ports/delivery.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import {
  connectEmbeddedDynamoDb,
  type Door,
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../embedded-dynamodb.ts';
import { FolderInUseError } from '../folder-lock.ts';
import { readHolding } from './holding.ts';
import { type Place, placeIn } from './place.ts';

/** Everything kept in one data directory, behind the ports of the service. */
export interface LocalStore {
  readonly place: Place;
  readonly observations: DynamoObservationStore;
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly publisher: MailingPublisher;
  readonly subscriptions: Subscriptions;
  /** The mail server that e-mails also go through; null where nothing leaves the machine, as never on the sample. */
  relayName(): Promise<string | null>;
  end(): Promise<void>;
}

/** Opens a data directory for this process. Throws a `FolderInUseError` while another one has it. */
export async function openLocalStore(
  folder: string,
  now: () => Instant,
  door: Door,
  relay: Relay | null = null,
): Promise<LocalStore> {
  return storeOn(await startEmbeddedDynamoDb(folder, door), { place: placeIn(folder), now, relay });
}

const WAITS = 100;
const WAIT_MS = 100;

/**
 * Uses a data directory: through the runtime that has it, else by opening it for as long as it takes. Waits up to ten
 * seconds for another command that has it, then throws its `FolderInUseError`.
 */
export async function useLocalStore(
  folder: string,
  now: () => Instant,
  relay: Relay | null = null,
): Promise<LocalStore> {
  for (let waited = 0; ; waited += 1) {
    try {
      return await openLocalStore(folder, now, 'private', relay);
    } catch (error) {
      if (!(error instanceof FolderInUseError)) throw error;
      const shared = await connectEmbeddedDynamoDb(folder);
      if (shared !== null) return storeOn(shared, { place: placeIn(folder), now, relay });
      if (waited >= WAITS) throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, WAIT_MS);
    });
  }
}

interface Keeping {
  readonly place: Place;
  readonly now: () => Instant;
  readonly relay: Relay | null;
}

function storeOn(database: EmbeddedDynamoDb, { place, now, relay }: Keeping): LocalStore {
  const records = createDynamoRecords(database);
  // What is made up never leaves the machine, whoever is subscribed to it.
  const relayNow = async (): Promise<Relay | null> =>
    relay !== null && (await readHolding(records))?.kind === 'own' ? relay : null;
  const delivery = outboxDelivery({
    folder: place.outbox,
    subscriptions: place.subscriptions,
    now,
    relay: relayNow,
  });
  return {
    place,
    observations: createDynamoObservations(database),
    records,
    alerts: createDynamoAlerts(database),
    ...delivery,
    relayName: async () => (await relayNow())?.name ?? null,
    end: () => database.end(),
  };
}
