import { PROVIDER_VARIABLES } from './access.ts';
import { PROVIDERS, type ProviderName } from './answer.ts';

/** What a provider is good for, and what there is not without it. */
export interface Offer {
  /** What must be in the environment, or among the parameters on AWS; none: it is always on. */
  readonly needs: readonly string[];
  readonly gives: string;
  readonly without: string;
}

const { alpacaKeyId, alpacaSecret, tiingoToken, massiveKey, fredKey, yahooAccepted } = PROVIDER_VARIABLES;
const ALWAYS_ON = { needs: [], without: '' } as const;

/** Every provider, in the order in which they are believed. */
export const OFFERS: Readonly<Record<ProviderName, Offer>> = {
  alpaca: {
    needs: [alpacaKeyId, alpacaSecret],
    gives: 'closes of all instruments and members, the same evening',
    without: 'no closes on the same evening, no breadth',
  },
  tiingo: {
    needs: [tiingoToken],
    gives: 'closes of the named instruments, as a second opinion, and before 2016',
    without: 'no second opinion, no closes before 2016',
  },
  massive: {
    needs: [massiveKey],
    gives: 'closes of the whole market after midnight, for repair',
    without: 'no repair next morning',
  },
  fred: {
    needs: [fredKey],
    gives: 'the policy rate',
    without: 'fredgraph and nyfed give the policy rate in its stead',
  },
  fredgraph: { ...ALWAYS_ON, gives: 'the policy rate, without a key' },
  nyfed: { ...ALWAYS_ON, gives: 'the policy rate, without a key, a day later' },
  ssga: { ...ALWAYS_ON, gives: 'members, weight of the ten largest and forward P/E, without a key' },
  yahoo: {
    needs: [`${yahooAccepted}=yes`],
    gives: 'closes of up to fifteen instruments, without a key and without any promise',
    without: 'nothing, unless there is no other source of closes',
  },
};

/** Closes come from these alone. */
const CLOSES: readonly ProviderName[] = ['alpaca', 'tiingo', 'massive', 'yahoo'];

/** Whether anybody configured gives closes. */
export function givesCloses(configured: ReadonlySet<ProviderName>): boolean {
  return CLOSES.some((name) => configured.has(name));
}

/** Whether anybody is configured who has to be: by a key, or by accepting it. */
export function isChosen(configured: ReadonlySet<ProviderName>): boolean {
  return PROVIDERS.some((name) => OFFERS[name].needs.length > 0 && configured.has(name));
}

/** What to do where nobody gives closes, and what works all the same. */
export const NO_CLOSES =
  `Nobody gives closes: set ${alpacaKeyId} and ${alpacaSecret} (one free key is enough, docs/data-sources.md), accept ` +
  `Yahoo with ${yahooAccepted}=yes, or import your own. Until then rules on prices have no data; the policy rate, ` +
  'members, weights and valuations need no key and come.';

/** What accepting Yahoo means. */
export const YAHOO_MEANS =
  'Closes may come from Yahoo, which publishes no terms for programs and no promise: for personal use only, it may ' +
  'refuse this address at any time. At most 15 instruments; no breadth.';
