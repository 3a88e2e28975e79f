import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Config } from '../config.ts';
import type { Queues } from './queues.ts';
import type { Store } from './store.ts';
import type { Topics } from './topics.ts';

/** What every part of the service stands on. */
export interface Ground {
  /** Name of the stack, the service's name in logs and metrics. */
  readonly service: string;
  readonly config: Config;
  readonly store: Store;
  readonly topics: Topics;
  readonly queues: Queues;
  /** The account's own: a released session is told on it. */
  readonly bus: IEventBus;
  readonly schedules: ScheduleGroup;
}
