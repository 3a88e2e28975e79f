import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { snsClient } from '../../adapters/sns/client.ts';
import { snsPublisher } from '../../adapters/sns/publisher.ts';
import { createPace } from '../../shared/service/pace.ts';
import { deliverHandler } from '../deliver.ts';
import { minuteOf } from '../environment.ts';
import { clock, openCalendar, openRuntime, sandboxName } from '../runtime.ts';

const PUBLISHES_PER_SECOND = 5;

const { environment, connection, instruments, wrap } = openRuntime('deliver');
const calendar = openCalendar(import.meta.url);
const sandbox = sandboxName();
let runs = 0;

export const handler = wrap(
  deliverHandler(
    {
      ground: {
        records: createDynamoRecords(connection),
        alerts: createDynamoAlerts(connection),
        publisher: snsPublisher(snsClient(), environment.alertTopic),
        calendar,
        clock,
        pace: createPace({ perSecond: PUBLISHES_PER_SECOND, clock, sleep: pause }),
        deadlineMinute: minuteOf(environment.deadline),
        lease: Number(environment.leaseSeconds) * 1000,
      },
      owner: () => `${sandbox}/${++runs}`,
    },
    instruments,
  ),
);
