import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { minuteOf } from '../environment.ts';
import { clock, openCalendar, openRuntime } from '../runtime.ts';
import { watchdogHandler } from '../watchdog.ts';

const { environment, connection, instruments, wrap } = openRuntime('watchdog');
const calendar = openCalendar(import.meta.url);

export const handler = wrap(
  watchdogHandler(
    {
      ground: {
        records: createDynamoRecords(connection),
        alerts: createDynamoAlerts(connection),
        calendar,
        deadlineMinute: minuteOf(environment.deadline),
      },
      clock,
    },
    instruments,
  ),
);
