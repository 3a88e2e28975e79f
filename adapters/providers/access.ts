import { createHash } from 'node:crypto';
import { PROVIDERS, type ProviderName } from './answer.ts';

/** Every environment variable that says how providers are reached; on AWS the same names stand for parameters. */
export const PROVIDER_VARIABLES = {
  alpacaKeyId: 'APCA_API_KEY_ID',
  alpacaSecret: 'APCA_API_SECRET_KEY',
  tiingoToken: 'TIINGO_API_KEY',
  massiveKey: 'MASSIVE_API_KEY',
  fredKey: 'FRED_API_KEY',
  /** `yes`: closes may come from Yahoo, which publishes no terms for it. */
  yahooAccepted: 'TIDEMARK_ACCEPT_YAHOO',
} as const;

/** Where each provider answers unless `TIDEMARK_<PROVIDER>_URL` says otherwise. */
const PROVIDER_ADDRESSES: Readonly<Record<ProviderName, string>> = {
  alpaca: 'https://data.alpaca.markets',
  tiingo: 'https://api.tiingo.com',
  massive: 'https://api.massive.com',
  fred: 'https://api.stlouisfed.org',
  fredgraph: 'https://fred.stlouisfed.org',
  nyfed: 'https://markets.newyorkfed.org',
  ssga: 'https://www.ssga.com',
  yahoo: 'https://query1.finance.yahoo.com',
};

/** Hosts that a provider is known to answer from as well. */
const OTHER_HOSTS: Partial<Readonly<Record<ProviderName, readonly string[]>>> = {
  massive: ['api.massive.com', 'api.polygon.io'],
  ssga: ['www.ssga.com', 'ssga.com'],
};

/** How one provider is reached. */
export interface Access {
  readonly provider: ProviderName;
  /** Without a slash at its end. */
  readonly address: string;
  /** Headers with a key, where the provider takes it there. */
  readonly headers: Readonly<Record<string, string>>;
  /** The key, where it can only stand in the address. */
  readonly queryKey: string | null;
  /** Everything that may never be shown: the keys of all providers, for one may be told another's. */
  readonly secrets: readonly string[];
  /** Hosts, ports included, that may answer in its stead. */
  readonly hosts: readonly string[];
  /** Stands for the key where quotas are counted, and tells nothing of it. */
  readonly account: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that moves a provider to another address. */
export function addressVariable(provider: ProviderName): string {
  return `TIDEMARK_${provider.toUpperCase()}_URL`;
}

/**
 * How every provider is reached that is configured: with its key, or without where it needs none. Throws where an address
 * is none.
 */
export function readAccess(environment: Environment): ReadonlyMap<ProviderName, Access> {
  const said = (name: string): string | null => environment[name]?.trim() || null;
  const keys = PROVIDERS.flatMap((provider) => {
    const keyed = keysOf(provider, said);
    return keyed === null ? [] : [{ provider, keyed, own: secretsOf(keyed) }];
  });
  const secrets = keys.flatMap(({ own }) => own);
  const configured = keys.map(({ provider, keyed, own }): readonly [ProviderName, Access] => {
    const address = (said(addressVariable(provider)) ?? PROVIDER_ADDRESSES[provider]).replace(/\/+$/, '');
    if (!URL.canParse(address)) throw new Error(`${addressVariable(provider)} is no address`);
    const { headers, queryKey } = keyed;
    const hosts = [new URL(address).host, ...(OTHER_HOSTS[provider] ?? [])];
    const account = own.length === 0 ? 'open' : fingerprintOf(own.join('\n'));
    return [provider, { provider, address, headers, queryKey, secrets, hosts, account }];
  });
  return new Map(configured);
}

function secretsOf({ headers, queryKey }: Keys): readonly string[] {
  return [...Object.values(headers), ...(queryKey === null ? [] : [queryKey])].flatMap(bare);
}

/** A header's secret with and without the word before it. */
function bare(header: string): string[] {
  const word = header.split(' ').at(-1) ?? header;
  return word === header ? [header] : [header, word];
}

function fingerprintOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 12);
}

type Keys = Pick<Access, 'headers' | 'queryKey'>;

function inHeader(name: string, key: string | null, word: string): Keys | null {
  return key === null ? null : { headers: { [name]: `${word}${key}` }, queryKey: null };
}

function keysOf(provider: ProviderName, said: (name: string) => string | null): Keys | null {
  const names = PROVIDER_VARIABLES;
  switch (provider) {
    case 'alpaca': {
      const [id, secret] = [said(names.alpacaKeyId), said(names.alpacaSecret)];
      if (id === null || secret === null) return null;
      return { headers: { 'apca-api-key-id': id, 'apca-api-secret-key': secret }, queryKey: null };
    }
    case 'tiingo':
      return inHeader('authorization', said(names.tiingoToken), 'Token ');
    case 'massive':
      return inHeader('authorization', said(names.massiveKey), 'Bearer ');
    case 'fred': {
      const key = said(names.fredKey);
      return key === null ? null : { headers: {}, queryKey: key };
    }
    case 'yahoo':
      return said(names.yahooAccepted)?.toLowerCase() === 'yes' ? { headers: {}, queryKey: null } : null;
    case 'fredgraph':
    case 'nyfed':
    case 'ssga':
      return { headers: {}, queryKey: null };
  }
}
