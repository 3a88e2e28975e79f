import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { linkTokens } from '../../adapters/mail/tokens.ts';
import { shelfOf, storedShelf } from '../../adapters/subscriptions/shelf.ts';
import { confirmKept } from '../../adapters/subscriptions/standing.ts';
import { dropOwner } from '../../shared/service/subscription-owners.ts';
import { linksHandler } from '../links.ts';
import { clock, drawSecret, openRuntime } from '../runtime.ts';

const { connection, instruments, wrap } = openRuntime('links');
const records = createDynamoRecords(connection);
const shelf = shelfOf(storedShelf(records), 'html');
const tokens = linkTokens(records, drawSecret);

export const handler = wrap(
  linksHandler(
    {
      tokens,
      confirm: (id) => confirmKept({ shelf, now: clock }, id),
      remove: async (id) => {
        // Whom SNS serves by now keeps what is theirs.
        if ((await shelf.get(id)) === null) return;
        await shelf.remove(id);
        await dropOwner(records, id);
      },
    },
    instruments,
  ),
);
