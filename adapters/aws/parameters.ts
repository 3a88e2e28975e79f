import type { Instant } from '../../shared/calendar/calendar.ts';
import { type Caller, signedHeaders } from './signed-call.ts';

/** What reading parameters stands on. */
export interface ParametersGround {
  readonly caller: Caller;
  readonly clock: () => Instant;
  /** Where the Systems Manager answers. */
  readonly endpoint: string;
}

interface Page {
  readonly Parameters?: readonly { readonly Name: string; readonly Value: string }[];
  readonly NextToken?: string;
}

const TARGET = 'AmazonSSM.GetParametersByPath';
const PATIENCE_MS = 5000;
const TRIES = 3;

/** Where the Systems Manager of a region answers, unless the environment says otherwise. */
export function parametersEndpoint(environment: Readonly<Record<string, string | undefined>>): string {
  const region = environment['AWS_REGION'] ?? '';
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const said = environment['AWS_ENDPOINT_URL_SSM'] ?? environment['AWS_ENDPOINT_URL'];
  return (said ?? `https://ssm.${region}.${domain}`).replace(/\/+$/, '');
}

/**
 * Reads every parameter right below a path, decrypted, by the last part of its name. Throws where that is refused or fails
 * three times; no error holds a value.
 */
export async function readParameters(
  path: string,
  ground: ParametersGround,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  let token: string | undefined;
  do {
    const page: Page = await pageOf({ Path: path, WithDecryption: true, NextToken: token }, ground);
    for (const { Name, Value } of page.Parameters ?? []) found[Name.slice(Name.lastIndexOf('/') + 1)] = Value;
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  return found;
}

async function pageOf(input: object, ground: ParametersGround): Promise<Page> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await once(JSON.stringify(input), ground);
    if ('page' in outcome) return outcome.page;
    if (!outcome.again || tries === TRIES) throw new Error(`parameters cannot be read: ${outcome.why}`);
  }
}

type Outcome = { readonly page: Page } | { readonly why: string; readonly again: boolean };

async function once(body: string, { caller, clock, endpoint }: ParametersGround): Promise<Outcome> {
  const { host } = new URL(endpoint);
  const headers = signedHeaders(caller, { host, service: 'ssm', target: TARGET, body }, clock());
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`${endpoint}/`, { method: 'POST', headers, body, signal });
    const said = (await answer.json()) as Page & Readonly<Record<string, unknown>>;
    if (answer.ok) return { page: said };
    const why = String(said['__type']).split('#').at(-1) ?? '';
    return { why: `${answer.status} ${why}`, again: answer.status >= 500 || why.startsWith('Throttling') };
  } catch (error) {
    return { why: error instanceof Error ? error.name : 'no answer', again: true };
  }
}
