import { createHash, createHmac } from 'node:crypto';
import type { Instant } from '../../shared/calendar/calendar.ts';

/** Who calls an API of AWS, from where. */
export interface Caller {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role's credentials; null for a user's. */
  readonly sessionToken: string | null;
}

/** One operation of a service that speaks JSON: a POST, to `/` with a header that names it, or to a path of its own. */
export interface Operation {
  readonly host: string;
  /** The service's name in signatures, such as `ssm`. */
  readonly service: string;
  /** Such as `AmazonSSM.GetParametersByPath`; absent where the path names it. */
  readonly target?: string;
  /** Such as `/v2/email/outbound-emails`; `/` where it is absent. */
  readonly path?: string;
  readonly body: string;
  /** Which JSON of AWS an operation named by a header speaks; 1.1 where it is absent. */
  readonly json?: '1.0';
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The headers of a call, signed by Signature Version 4 (AWS, "Create a signed AWS API request"); `host` is not among them. */
export function signedHeaders(
  { region, accessKeyId, secretAccessKey, sessionToken }: Caller,
  { host, service, target, path = '/', body, json }: Operation,
  now: Instant,
): Readonly<Record<string, string>> {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const headers = {
    'content-type': target === undefined ? 'application/json' : `application/x-amz-json-${json ?? '1.1'}`,
    'x-amz-date': time,
    ...(sessionToken === null ? {} : { 'x-amz-security-token': sessionToken }),
    ...(target === undefined ? {} : { 'x-amz-target': target }),
  };
  const signed = Object.entries({ ...headers, host }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join('');
  const request = ['POST', path, '', lines, names, digest(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = [ALGORITHM, time, scope, digest(request)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (before, part) => hmac(before, part).digest(),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, text).digest('hex');
  const authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): ReturnType<typeof createHmac> {
  return createHmac('sha256', key).update(text);
}
