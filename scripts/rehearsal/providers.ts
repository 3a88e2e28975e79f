import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PROVIDER_VARIABLES } from '../../adapters/providers/access.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { generateSample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import type { Instant, Session } from '../../shared/calendar/calendar.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { type Replicas, startReplicas } from '../../test/replicas/server.ts';
import type { Emulator } from './emulator.ts';

/** The replicas know the sample from here on. */
const FROM = '2025-12-01';

/** Starts stand-ins of all providers that publish the sample's closes as time goes on. */
export async function rehearsedProviders(clock: () => Instant): Promise<Replicas> {
  const calendar = createCalendar([]);
  const { fields } = generateSample(SAMPLE_SEED, calendar);
  const of = (wanted: string) => fields.filter(({ field }) => field === wanted);
  const closes = new Map(of('close').map(({ instrument, values }) => [instrument, new Map(values)]));
  return await startReplicas({
    calendar,
    clock,
    symbols: [...closes.keys()],
    close: (symbol, session) => (session < FROM ? undefined : closes.get(symbol)?.get(session)),
    splits: of('split').flatMap(({ instrument, values }) =>
      [...values].map(([session, ratio]) => ({ symbol: instrument, session, ratio })),
    ),
    target: () => [3.5, 3.75],
    multiples: { SPY: 21.58, SPSM: 15.12 },
  });
}

/**
 * The parameters of somebody with Alpaca's key alone: a quota of five requests a minute would be waited for in real time, and
 * whoever fires a schedule here waits for a minute at most.
 */
export function oneKey({ environment }: Replicas): Readonly<Record<string, string>> {
  const { alpacaKeyId, alpacaSecret } = PROVIDER_VARIABLES;
  const own: readonly string[] = [alpacaKeyId, alpacaSecret];
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => own.includes(name) || name.endsWith('_URL')),
  );
}

/** Puts keys and addresses where the deployed function looks for them, as an operator would. */
export async function putParameters(
  emulator: Emulator,
  path: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, Value] of Object.entries(values)) {
    const body = { Name: `${path}/${name}`, Value, Type: 'SecureString' };
    await emulator.request('ssm', { method: 'POST', path: '/', target: 'AmazonSSM.PutParameter', body });
  }
}

/** What the deployed table holds of a close on a session; null where it holds none. */
export async function storedClose(table: string, id: string, session: Session): Promise<number | null> {
  const store = createDynamoObservations({ client: new DynamoDBClient({}), table });
  const { series } = await store.load({ series: [{ id, from: session }] });
  const rows = series[0]?.rows;
  return rows !== undefined && rows.length > 0 && rows.day(0) === dayOf(session) ? rows.value(0) : null;
}
