import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { deployedSubscriptions } from '../../adapters/mail/deployed.ts';
import { linkTokens } from '../../adapters/mail/tokens.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import { PEOPLE_HANDLERS } from '../api/subscriptions/handlers.ts';
import { apiHandler } from '../api-handler.ts';
import { openSender } from '../mailer.ts';
import { clock, drawSecret, openRuntime, ticks } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('people');
const records = createDynamoRecords(connection);
const sender = openSender(environment, clock);
const tokens = linkTokens(records, drawSecret);
const topic = {
  ...{ client: snsClient(), topicArn: environment.alertTopic, now: clock },
  shelf: storedShelf(records),
};

export const handler = wrap(
  apiHandler(
    {
      ...{ records, clock, ticks, instruments },
      where: 'deployed',
      subscriptions: deployedSubscriptions({ topic, sender, tokens, console: environment.console }),
      htmlMail: sender !== null,
    },
    PEOPLE_HANDLERS,
  ),
);
