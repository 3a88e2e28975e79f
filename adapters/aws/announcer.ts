import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Session } from '../../shared/calendar/calendar.ts';
import type { Announcer } from '../../shared/ports/flow.ts';
import { SESSION_INGESTED } from '../../shared/service/events.ts';

/** Tells on an event bus that sessions up to one are released. Throws where the bus does not take the event. */
export function eventAnnouncer(client: Pick<EventBridgeClient, 'send'>, bus: string): Announcer {
  return {
    async released(session: Session): Promise<void> {
      const answer = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: bus,
              Source: SESSION_INGESTED.source,
              DetailType: SESSION_INGESTED.detailType,
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
