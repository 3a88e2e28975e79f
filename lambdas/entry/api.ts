import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { deployedSubscriptions } from '../../adapters/mail/deployed.ts';
import { linkTokens } from '../../adapters/mail/tokens.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import manifest from '../../package.json' with { type: 'json' };
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { createHealth } from '../../shared/workbench/health.ts';
import { providerStatus } from '../api/data/provider-status.ts';
import { apiHandler } from '../api-handler.ts';
import { openSender } from '../mailer.ts';
import { clock, drawSecret, openDeployed, openRuntime, ticks } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('api');
const { market, calendar } = openDeployed(import.meta.url);
const records = createDynamoRecords(connection);
const observations = createDynamoObservations(connection);
const sender = openSender(environment, clock);
const tokens = linkTokens(records, drawSecret);
const topic = {
  ...{ client: snsClient(), topicArn: environment.alertTopic, now: clock },
  shelf: storedShelf(records),
};

export const handler = wrap(
  apiHandler({
    ...{ records, observations, market, calendar, clock, ticks, instruments },
    alerts: createDynamoAlerts(connection),
    subscriptions: deployedSubscriptions({ topic, sender, tokens, console: environment.console }),
    health: createHealth({ records, observations, market, calendar, clock }),
    load: loadRuleFiles,
    where: 'deployed',
    version: manifest.version,
    htmlMail: sender !== null,
    sample: null,
    // Schedules are the deployment's, and nothing here knows them.
    next: () => null,
    providers: () => providerStatus(records),
    outbox: null,
    runNow: null,
  }),
);
