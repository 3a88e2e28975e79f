import { createMemoryAlerts } from '../../../adapters/memory/alerts.ts';
import { createMemoryObservations } from '../../../adapters/memory/observations.ts';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import { alertStoreContract } from '../../contracts/alert-store.ts';
import { observationStoreContract } from '../../contracts/observation-store.ts';
import { recordStoreContract } from '../../contracts/record-store.ts';

const end = async (): Promise<void> => undefined;

observationStoreContract('memory', async () => ({ store: createMemoryObservations(), end }));
recordStoreContract('memory', async () => ({ store: createMemoryRecords(), end }));
alertStoreContract('memory', async () => ({ store: createMemoryAlerts(), end }));
