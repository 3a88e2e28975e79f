import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from '../adapters/dynamodb/client-settings.ts';
import type { Connection } from '../adapters/dynamodb/table.ts';
import { createCalendar } from '../shared/calendar/xnys.ts';
import type { Calendar, Instant } from '../shared/calendar/calendar.ts';
import type { Market } from '../shared/series/market.ts';
import { unpackMarket } from '../shared/series/packed-market.ts';
import { type BundledRules, readBundledRules } from './bundled-rules.ts';
import { type Environment, type FunctionName, readEnvironment } from './environment.ts';
import { type Middleware, openMiddleware } from './middleware.ts';

/** What every function stands on, made once for a sandbox and used by all its invocations. */
export interface Runtime<Name extends FunctionName> extends Middleware {
  readonly environment: Environment<Name>;
  readonly connection: Connection;
}

/** The one place where the functions learn what time it is. */
export const clock = (): Instant => Date.now();

/** Milliseconds that only go forward: for saying how long something took. */
export const ticks = (): number => performance.now();

/** The one place where the functions draw a number, from 0 to below 1. */
export const chance = (): number => Math.random();

/** Two draws of 122 bits that nobody can guess. */
export function drawSecret(): string {
  return `${crypto.randomUUID()}${crypto.randomUUID()}`;
}

/** What tells the attempts of one sandbox from those of all others. */
export function sandboxName(): string {
  return `${process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? 'sandbox'}#${crypto.randomUUID()}`;
}

/** Reads the environment of a function and opens its log, its metrics and the table. */
export function openRuntime<Name extends FunctionName>(name: Name): Runtime<Name> {
  const environment = readEnvironment(name, process.env);
  const common: Environment<FunctionName> = environment;
  return {
    ...openMiddleware(common.service),
    environment,
    connection: { client: dynamoClient(), table: common.table },
  };
}

/** Answers come in milliseconds: one that takes seconds is given up and asked for again. */
function dynamoClient(): DynamoDBClient {
  return new DynamoDBClient({
    ...CLIENT_SETTINGS,
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
  });
}

/** The calendar of the deployment whose rules lie beside the code at `base`. */
export function openCalendar(base: string): Calendar {
  return createCalendar(readBundledRules(base).market.closures);
}

/** What a deployment was made with, read back: its rules files, its market and the calendar that follows from it. */
export interface Deployed {
  readonly rules: BundledRules['rules'];
  readonly market: Market;
  readonly calendar: Calendar;
}

/** Reads the rules beside the code at `base`. */
export function openDeployed(base: string): Deployed {
  const { rules, market } = readBundledRules(base);
  return { rules, market: unpackMarket(market), calendar: createCalendar(market.closures) };
}
