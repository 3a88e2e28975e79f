import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Session } from '../../shared/calendar/calendar.ts';
import type { Announcer } from '../../shared/ports/flow.ts';
import { eventSource, SESSION_INGESTED } from '../../shared/service/events.ts';

/**
 * Tells on the account's event bus that sessions of one deployment are released. Throws where the bus does not take the
 * event.
 */
export function eventAnnouncer(client: Pick<EventBridgeClient, 'send'>, service: string): Announcer {
  return {
    async released(session: Session): Promise<void> {
      const answer = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              Source: eventSource(service),
              DetailType: SESSION_INGESTED,
              Detail: JSON.stringify({ session }),
            },
          ],
        }),
      );
      // The call succeeds even where it took no event.
      const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (refused !== undefined) throw new Error(`the event bus refused ${session}: ${refused.ErrorCode}`);
    },
  };
}
