import { type Caller, signedHeaders } from '../../adapters/aws/signed-call.ts';
import { chance, clock } from '../runtime.ts';
import { roleIn } from '../role.ts';
import { decoded, encoded } from './dynamodb-json.ts';

/**
 * Takes the place of the SDK's client of DynamoDB in the bundle of the console's API, which has no room for both: the six
 * operations of `adapters/dynamodb/`, each one signed POST of JSON 1.0, tried again as the SDK would.
 */
interface Command {
  readonly operation: string;
  readonly input: unknown;
}

interface Settings {
  readonly maxAttempts: number;
  readonly requestHandler: { readonly requestTimeout: number };
}

interface Client {
  send(command: Command): Promise<unknown>;
}

/** A condition that did not hold: the one failure that callers tell from all others. */
export class ConditionalCheckFailedException extends Error {
  override readonly name = 'ConditionalCheckFailedException';
}

export const BatchGetItemCommand = commandOf('BatchGetItem');
export const DeleteItemCommand = commandOf('DeleteItem');
export const GetItemCommand = commandOf('GetItem');
export const PutItemCommand = commandOf('PutItem');
export const QueryCommand = commandOf('Query');
export const UpdateItemCommand = commandOf('UpdateItem');

/** A client that acts as the function's own role. */
export function DynamoDBClient({ maxAttempts, requestHandler: { requestTimeout } }: Settings): Client {
  const ask = (command: Command): Promise<Outcome> => once(command, requestTimeout);
  return { send: (command) => untilAnswered(() => ask(command), maxAttempts) };
}

/** To be called with `new`, as the SDK's classes are. */
function commandOf(operation: string): (input: unknown) => Command {
  return function command(input) {
    return { operation, input };
  };
}

type Outcome =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: Error; readonly again: boolean };

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

/** Pauses are drawn from ever longer ranges, so that many callers do not come back at once. */
async function untilAnswered(ask: () => Promise<Outcome>, most: number): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask();
    if (outcome.kind === 'answered') return outcome.answer;
    if (!outcome.again || attempt >= most) throw outcome.error;
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
    await new Promise((resolve) => {
      setTimeout(resolve, longest * chance());
    });
  }
}

async function once({ operation, input }: Command, patience: number): Promise<Outcome> {
  const caller = roleIn(process.env);
  const at = endpointOf(caller);
  const body = JSON.stringify(encoded(input));
  const target = `DynamoDB_20120810.${operation}`;
  const { host } = new URL(at);
  const headers = signedHeaders(caller, { host, service: 'dynamodb', target, body, json: '1.0' }, clock());
  try {
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(`${at}/`, { method: 'POST', headers, body, signal });
    const said = await answer.text();
    return answer.ok
      ? { kind: 'answered', answer: decoded(JSON.parse(said)) }
      : failureOf(answer.status, said);
  } catch (error) {
    return { kind: 'failed', error: new Error('DynamoDB did not answer', { cause: error }), again: true };
  }
}

function endpointOf({ region }: Caller): string {
  const { AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL } = process.env;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const said = AWS_ENDPOINT_URL_DYNAMODB ?? AWS_ENDPOINT_URL;
  return (said ?? `https://dynamodb.${region}.${domain}`).replace(/\/+$/, '');
}

/** What passes by itself though it is no error of DynamoDB's own. */
const PASSING: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

function failureOf(status: number, said: string): Outcome {
  const name = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(said)?.[1] ?? 'unknown';
  const text = /"[Mm]essage"\s*:\s*"([^"\\]*)/.exec(said)?.[1] ?? '';
  const error =
    name === 'ConditionalCheckFailedException'
      ? new ConditionalCheckFailedException(text)
      : new Error(`DynamoDB answered ${status} ${name}: ${text}`);
  return { kind: 'failed', error, again: status >= 500 || PASSING.has(name) };
}
