import type { Template } from 'aws-cdk-lib/assertions';
import {
  createLocalJWKSet,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import type { LambdaEvent } from 'hono/aws-lambda';
import { plain, reference, resourcesOf } from '../cdk/template.ts';

/** What a template says of the door to the API. */
export interface Door {
  /** `ANY /api/{proxy+}` and who may come through. */
  readonly routes: readonly {
    readonly key: string;
    readonly authorization: string;
    readonly authorizer: string;
  }[];
  /** By logical id: who signed the tokens it takes, whom they are for, where they are. */
  readonly authorizers: ReadonlyMap<
    string,
    {
      readonly issuer: string;
      readonly audience: readonly string[];
      readonly source: string;
      readonly type: string;
    }
  >;
}

interface RouteProperties {
  readonly ApiId: unknown;
  readonly RouteKey: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: unknown;
}

interface AuthorizerProperties {
  readonly AuthorizerType: string;
  readonly IdentitySource: readonly string[];
  readonly JwtConfiguration: { readonly Issuer: unknown; readonly Audience: readonly unknown[] };
}

/** Reads the door of the API from a template; references stand as `{AccessUsers}`. */
export function doorOf(template: Template): Door {
  const routes = [...resourcesOf(template, 'AWS::ApiGatewayV2::Route').values()]
    .map(({ Properties }) => Properties as unknown as RouteProperties)
    .map(({ RouteKey, AuthorizationType = 'NONE', AuthorizerId = '' }) => {
      return {
        key: RouteKey,
        authorization: AuthorizationType,
        authorizer: reference(AuthorizerId).slice(1, -1),
      };
    });
  const authorizers = [...resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')].map(
    ([id, { Properties }]) => {
      const { AuthorizerType, IdentitySource, JwtConfiguration } =
        Properties as unknown as AuthorizerProperties;
      const said = {
        issuer: plain(reference(JwtConfiguration.Issuer)),
        audience: JwtConfiguration.Audience.map((one) => plain(reference(one))),
        source: IdentitySource.join(),
        type: AuthorizerType,
      };
      return [id, said] as const;
    },
  );
  return { routes, authorizers: new Map(authorizers) };
}

/** One request as it comes over the network. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back, and whether the function was asked at all. */
export interface Returned {
  readonly status: number;
  readonly body: string;
  readonly reached: boolean;
}

/** What stands behind the door. */
export interface Behind {
  readonly keys: JSONWebKeySet;
  readonly now: Date;
  readonly handler: (event: LambdaEvent) => Promise<{ readonly statusCode: number; readonly body: string }>;
}

/** An HTTP API with a JWT authorizer as AWS documents it, with the routes and the authorizer of a template. */
export function gateway(door: Door, behind: Behind): (sent: Sent) => Promise<Returned> {
  const keys = createLocalJWKSet(behind.keys);
  return async (sent) => {
    const route = door.routes.find(({ key }) => matches(key, sent));
    if (route === undefined) return { status: 404, body: '{"message":"Not Found"}', reached: false };
    const authorizer = door.authorizers.get(route.authorizer);
    let claims: JWTPayload | null = null;
    if (route.authorization !== 'NONE') {
      claims =
        authorizer === undefined ? null : await verified(authorizer, sent.token, { keys, now: behind.now });
      if (claims === null) return { status: 401, body: '{"message":"Unauthorized"}', reached: false };
    }
    const { statusCode, body } = await behind.handler(eventOf(sent, claims));
    return { status: statusCode, body, reached: true };
  };
}

function matches(key: string, { method, path }: Sent): boolean {
  const [wanted = '', pattern = ''] = key.split(' ');
  if (wanted !== 'ANY' && wanted !== method) return false;
  const [beginning = '', greedy] = pattern.split('{proxy+}');
  return greedy === undefined
    ? path === pattern
    : path.startsWith(beginning) && path.length > beginning.length;
}

/** What AWS checks of a token; null where it would answer 401. */
async function verified(
  { issuer, audience }: { readonly issuer: string; readonly audience: readonly string[] },
  token: string | undefined,
  { keys, now }: { readonly keys: JWTVerifyGetKey; readonly now: Date },
): Promise<JWTPayload | null> {
  if (token === undefined) return null;
  try {
    const algorithms = ['RS256', 'RS384', 'RS512'];
    const options = { issuer, algorithms, currentDate: now, requiredClaims: ['exp'] };
    const { payload } = await jwtVerify(token, keys, options);
    // `client_id` counts only where there is no `aud`.
    const meant = payload.aud === undefined ? [payload['client_id']] : [payload.aud].flat();
    return meant.some((one) => typeof one === 'string' && audience.includes(one)) ? payload : null;
  } catch {
    return null;
  }
}

/** An event of payload version 2; claims are text, and a list is `[a b]`. */
function eventOf(sent: Sent, claims: JWTPayload | null): LambdaEvent {
  const { method, path, query = '', token, headers = {}, body } = sent;
  const jwt = {
    claims: Object.fromEntries(Object.entries(claims ?? {}).map(([name, value]) => [name, claimText(value)])),
    scopes: null,
  };
  const event = {
    ...{ version: '2.0', routeKey: 'ANY /api/{proxy+}', rawPath: path, rawQueryString: query },
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    requestContext: {
      ...{
        domainName: 'api.example.com',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' },
      },
      ...(claims === null ? {} : { authorizer: { jwt } }),
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
  return event as unknown as LambdaEvent;
}

function claimText(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(' ')}]` : String(value);
}
