import { setTimeout as pause } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SnsTopic } from '../../adapters/sns/topic.ts';
import { holdOwn, readHolding } from '../../local/runtime/holding.ts';
import type { LocalStore } from '../../local/runtime/local-store.ts';
import { localComposer } from '../../local/runtime/mailing.ts';
import { storedInstruments } from '../../shared/service/stored-instruments.ts';
import type { Style } from '../../shared/alerts/message/render.ts';
import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import type { Publisher, Subscriptions } from '../../shared/ports/delivery.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { AlertStore, RecordStore } from '../../shared/ports/records.ts';
import type { Market } from '../../shared/series/market.ts';
import { createPace } from '../../shared/service/pace.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { type Ground, marketOrTell } from '../load/market.ts';
import { folderToBe } from '../load/paths.ts';
import { tellSample } from '../output/sample.ts';
import { clockOf } from './clock.ts';
import { holdFor } from './hold.ts';
import { withLocalStore } from './local.ts';

/** Where a verb of the service acts: on this machine, or on a deployed stack. */
export interface ServiceOptions {
  readonly dataDir: string;
  readonly stack?: string;
  readonly market?: string;
  readonly json?: true;
}

/** The service a verb acts on, wherever it is. */
export interface Service {
  /** What people call it: a data directory or a stack. */
  readonly name: string;
  readonly observations: ObservationStore;
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly publisher: Publisher;
  readonly subscriptions: Subscriptions;
  /** The market, with every instrument that is stored. */
  readonly market: Market;
  /** The market as it is declared. */
  readonly declared: Market;
  /** Whether providers feed it, also without any key; of a stack its own functions know. */
  readonly live: boolean;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  readonly style: Style;
  readonly pace: () => Promise<void>;
  /** The topic of a deployed stack; null on this machine. */
  readonly topic: SnsTopic | null;
}

const PER_SECOND = 5;

type Work = (service: Service) => Promise<ExitCode>;

/** Whether a data directory holds anything yet. */
export function hasBegun(context: Context, dataDir: string): boolean {
  return existsSync(join(folderToBe(context, dataDir), 'table'));
}

/** Finds the service a verb acts on and lets it go afterwards; on this machine it must have begun. */
export async function withService(context: Context, options: ServiceOptions, work: Work): Promise<ExitCode> {
  const { stack, dataDir } = options;
  const ground = groundOf(context, options);
  if (!ground) return EXIT.findings;
  if (stack !== undefined) return onStack(context, stack, { ground, work });
  if (!hasBegun(context, dataDir)) {
    refuse(`${dataDir} holds nothing yet: npm start begins it with the sample, import with your own closes.`);
  }
  return onThisMachine(context, options, { ground, work });
}

/** As `withService`, for verbs that a service may begin with: where nothing is held yet, it is to be somebody's own. */
export function withBegunService(context: Context, options: ServiceOptions, work: Work): Promise<ExitCode> {
  return beginning(context, options, {
    hold: async ({ records }) => void (await holdOwn(records)),
    work,
  });
}

/** As `withBegunService`, for verbs that bring somebody's own data: a store that holds the sample is refused. */
export function withOwnService(context: Context, options: ServiceOptions, work: Work): Promise<ExitCode> {
  return beginning(context, options, {
    hold: ({ records }) => holdFor(records, { place: options.dataDir, sample: null }),
    work,
  });
}

interface Beginning {
  /** Says what a store on this machine holds, or refuses. */
  readonly hold: (store: LocalStore) => Promise<void>;
  readonly work: Work;
}

async function beginning(
  context: Context,
  options: ServiceOptions,
  { hold, work }: Beginning,
): Promise<ExitCode> {
  const { stack } = options;
  const ground = groundOf(context, options);
  if (!ground) return EXIT.findings;
  if (stack !== undefined) return onStack(context, stack, { ground, work });
  return onThisMachine(context, options, { ground, work, hold });
}

function groundOf(context: Context, { market }: ServiceOptions): Ground | null {
  return marketOrTell(context, market === undefined ? {} : { market });
}

interface Acting {
  readonly ground: Ground;
  readonly work: Work;
  readonly hold?: Beginning['hold'];
}

function onThisMachine(
  context: Context,
  options: ServiceOptions,
  { ground, work, hold }: Acting,
): Promise<ExitCode> {
  return withLocalStore(context, folderToBe(context, options.dataDir), async (store) => {
    await hold?.(store);
    const holding = await readHolding(store.records);
    const note = holding?.kind === 'sample' ? holding.note : undefined;
    tellSample(context.err, note);
    const { observations, records, alerts, subscriptions } = store;
    const market = await storedInstruments(observations, ground.market);
    const { calendar } = ground;
    const clock = clockOf(holding, context.clock);
    const style = note === undefined ? {} : { sample: note };
    const without = (why: string): void => context.err.write(`no picture in the mail: ${why}\n`);
    const composer = localComposer({
      observations,
      records,
      alerts,
      market,
      calendar,
      clock,
      style,
      without,
    });
    return work({
      ...{ observations, records, alerts, subscriptions, market, calendar, clock, style },
      publisher: store.publisher.composing(composer),
      name: options.dataDir,
      declared: ground.market,
      live: holding?.kind === 'own' && holding.live === true,
      pace: async () => {},
      topic: null,
    });
  });
}

async function onStack(context: Context, stack: string, { ground, work }: Acting): Promise<ExitCode> {
  const { connectStack } = await import('./stack.ts');
  const connected = await connectStack(stack, context);
  const pace = createPace({ perSecond: PER_SECOND, clock: context.clock, sleep: pause });
  const market = await storedInstruments(connected.observations, ground.market);
  const { calendar } = ground;
  const told = { name: stack, market, declared: ground.market, live: false, style: {} };
  return work({ ...connected, ...told, calendar, clock: context.clock, pace });
}
