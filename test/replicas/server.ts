import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressVariable, PROVIDER_VARIABLES } from '../../adapters/providers/access.ts';
import { PROVIDERS, type ProviderName } from '../../adapters/providers/answer.ts';
import { alpaca } from './alpaca.ts';
import { answerWith, type Fault } from './faults.ts';
import { massive } from './massive.ts';
import { fred, fredgraph, nyfed } from './rates.ts';
import { ssga } from './ssga.ts';
import { tiingo } from './tiingo.ts';
import { type Asked, KEYS, type Replica, type World } from './world.ts';
import { yahoo } from './yahoo.ts';

const REPLICAS: Readonly<Record<ProviderName, Replica>> = {
  alpaca,
  tiingo,
  massive,
  fred,
  fredgraph,
  nyfed,
  ssga,
  yahoo,
};

/** Stand-ins for every provider on one port of this machine. */
export interface Replicas {
  /** What the service must find in its environment to use them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Faults in the order in which answers have them; the last one stays. */
  fail(provider: ProviderName, ...faults: readonly (Fault | null)[]): void;
  /** Every request so far, by provider and path with its query. */
  readonly requests: { readonly provider: ProviderName; readonly url: string }[];
  end(): Promise<void>;
}

/** Starts the stand-ins; they publish what is true in a world by its clock. */
export async function startReplicas(world: World): Promise<Replicas> {
  const faults = new Map<ProviderName, (Fault | null)[]>();
  const requests: { provider: ProviderName; url: string }[] = [];
  const server = createServer((request, response) => {
    response.on('error', () => {});
    const url = new URL(request.url ?? '/', 'http://replica');
    const [, name = '', ...rest] = url.pathname.split('/');
    const provider = PROVIDERS.find((known) => known === name);
    if (provider === undefined) return void response.writeHead(404).end();
    requests.push({ provider, url: `/${rest.join('/')}${url.search}` });
    const headers = request.headers;
    const asked: Asked = {
      path: `/${rest.filter((part) => part !== '').join('/')}`,
      query: url.searchParams,
      header: (header) => String(headers[header] ?? ''),
      headers,
    };
    const reply = REPLICAS[provider](asked, world);
    const queue = faults.get(provider) ?? [];
    const fault = queue.length > 1 ? queue.shift() : queue[0];
    if (fault !== undefined && fault !== null) return answerWith(fault, { request, response, reply });
    response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: { ...keyed(), ...addressed(`http://127.0.0.1:${port}`) },
    fail: (provider, ...next) => void faults.set(provider, [...next]),
    requests,
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function keyed(): Record<string, string> {
  return {
    [PROVIDER_VARIABLES.alpacaKeyId]: KEYS.alpacaId,
    [PROVIDER_VARIABLES.alpacaSecret]: KEYS.alpacaSecret,
    [PROVIDER_VARIABLES.tiingoToken]: KEYS.tiingo,
    [PROVIDER_VARIABLES.massiveKey]: KEYS.massive,
    [PROVIDER_VARIABLES.fredKey]: KEYS.fred,
    [PROVIDER_VARIABLES.yahooAccepted]: 'yes',
  };
}

function addressed(base: string): Record<string, string> {
  return Object.fromEntries(PROVIDERS.map((provider) => [addressVariable(provider), `${base}/${provider}`]));
}
