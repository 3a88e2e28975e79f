import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import { listKept } from '../../adapters/subscriptions/standing.ts';
import manifest from '../../package.json' with { type: 'json' };
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { createHealth } from '../../shared/workbench/health.ts';
import { providerStatus } from '../api/data/provider-status.ts';
import { API_HANDLERS } from '../api/handlers.ts';
import { apiHandler } from '../api-handler.ts';
import { NO_MAIL } from '../environment.ts';
import { clock, openDeployed, openRuntime, ticks } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('api');
const { market, calendar } = openDeployed(import.meta.url);
const records = createDynamoRecords(connection);
const observations = createDynamoObservations(connection);
const shelf = storedShelf(records);

export const handler = wrap(
  apiHandler(
    {
      ...{ records, observations, market, calendar, clock, ticks, instruments },
      alerts: createDynamoAlerts(connection),
      // As our own records know them: this function may not ask SNS.
      subscriptions: { list: () => listKept({ shelf, now: clock }) },
      health: createHealth({ records, observations, market, calendar, clock }),
      load: loadRuleFiles,
      where: 'deployed',
      version: manifest.version,
      htmlMail: environment.mailFrom !== NO_MAIL,
      sample: null,
      // Schedules are the deployment's, and nothing here knows them.
      next: () => null,
      providers: () => providerStatus(records),
      outbox: null,
      runNow: null,
    },
    API_HANDLERS,
  ),
);
