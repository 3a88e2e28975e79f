import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { snsSubscriptions } from '../../adapters/sns/subscriptions.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import manifest from '../../package.json' with { type: 'json' };
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { createHealth } from '../../shared/workbench/health.ts';
import { providerStatus } from '../api/data/provider-status.ts';
import { apiHandler } from '../api-handler.ts';
import { clock, openDeployed, openRuntime, ticks } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('api');
const { market, calendar } = openDeployed(import.meta.url);
const records = createDynamoRecords(connection);
const observations = createDynamoObservations(connection);

export const handler = wrap(
  apiHandler({
    ...{ records, observations, market, calendar, clock, ticks, instruments },
    alerts: createDynamoAlerts(connection),
    subscriptions: snsSubscriptions({
      client: snsClient(),
      topicArn: environment.alertTopic,
      shelf: storedShelf(records),
      now: clock,
    }),
    health: createHealth({ records, observations, market, calendar, clock }),
    load: loadRuleFiles,
    where: 'deployed',
    version: manifest.version,
    htmlMail: false,
    sample: null,
    // Schedules are the deployment's, and nothing here knows them.
    next: () => null,
    providers: () => providerStatus(records),
    outbox: null,
    runNow: null,
  }),
);
