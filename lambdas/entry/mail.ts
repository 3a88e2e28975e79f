import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { linkTo } from '../../adapters/mail/deployed.ts';
import { rasteriser } from '../../adapters/mail/rasterise.ts';
import { linkTokens } from '../../adapters/mail/tokens.ts';
import { shelfOf, storedShelf } from '../../adapters/subscriptions/shelf.ts';
import { listKept } from '../../adapters/subscriptions/standing.ts';
import { composeMail } from '../../shared/service/mail/compose.ts';
import { createPace } from '../../shared/service/pace.ts';
import { openSender } from '../mailer.ts';
import { mailHandler } from '../mail.ts';
import { clock, drawSecret, openDeployed, openRuntime, sandboxName } from '../runtime.ts';

/** Two sandboxes at most work side by side, and SES lets an account that left its sandbox send fourteen a second. */
const MAILS_PER_SECOND = 5;
/** Longer than the function may run. */
const LEASE_MS = 3 * 60_000;

const { environment, connection, instruments, wrap } = openRuntime('mail');
const { market, calendar } = openDeployed(import.meta.url);
const records = createDynamoRecords(connection);
const observations = createDynamoObservations(connection);
const alerts = createDynamoAlerts(connection);
const tokens = linkTokens(records, drawSecret);
const standing = { shelf: shelfOf(storedShelf(records), 'html'), now: clock };
const sender = openSender(environment, clock);
if (sender === null) throw new Error('no sender is configured: this function is deployed with one only');
const { console } = environment;
const rasterise = rasteriser(() => new URL('index_bg.wasm', import.meta.url));
const without = (why: string): void => instruments.line('warn', { what: 'no picture', subject: 'mail', why });
const sandbox = sandboxName();
let runs = 0;

export const handler = wrap(
  mailHandler(
    {
      ground: {
        ...{ records, sender, clock, lease: LEASE_MS },
        compose: (key) =>
          composeMail({ records, observations, alerts, market, calendar, clock, rasterise, without }, key),
        recipients: () => listKept(standing),
        links: async ({ id }) => ({
          alert: (alert) => `${console}/alerts/${encodeURIComponent(alert)}`,
          manage: `${console}/subscriptions`,
          unsubscribe: linkTo(console, 'unsubscribe', await tokens.sign('unsubscribe', id)),
        }),
        pace: createPace({ perSecond: MAILS_PER_SECOND, clock, sleep: pause }),
      },
      owner: () => `${sandbox}/${++runs}`,
    },
    instruments,
  ),
);
