import { topicNotice } from '../../adapters/aws/operator-notice.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { reconcileSubscriptions } from '../../adapters/sns/reconcile.ts';
import { storedShelf } from '../../adapters/subscriptions/shelf.ts';
import { reconcileHandler } from '../reconcile.ts';
import { clock, openRuntime } from '../runtime.ts';

const { environment, connection, instruments, wrap } = openRuntime('reconcile');
const client = snsClient();
const topic = {
  client,
  topicArn: environment.alertTopic,
  shelf: storedShelf(createDynamoRecords(connection)),
  now: clock,
};

export const handler = wrap(
  reconcileHandler(
    {
      reconcile: () => reconcileSubscriptions(topic),
      operators: topicNotice(client, environment.operatorTopic),
    },
    instruments,
  ),
);
