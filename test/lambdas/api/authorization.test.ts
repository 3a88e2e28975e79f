import { beforeAll, describe, expect, it } from 'vitest';
import { groupsOf, verifiedAccess } from '../../../lambdas/api/access.ts';
import { ALL_HANDLERS } from '../../../lambdas/api/all-handlers.ts';
import { API_HANDLERS } from '../../../lambdas/api/handlers.ts';
import { PEOPLE_HANDLERS } from '../../../lambdas/api/subscriptions/handlers.ts';
import { apiHandler } from '../../../lambdas/api-handler.ts';
import { type Role, ROLES, type Route } from '../../../shared/api/route.ts';
import { type RouteId, ROUTES } from '../../../shared/api/routes.ts';
import { templateOf } from '../../cdk/template.ts';
import { type Door, doorOf, gateway, type Returned, type Sent } from '../../support/gateway.ts';
import { type Pool, poolOf, unsigned } from '../../support/tokens.ts';
import { apiWorld } from './world.ts';

/** Who may call what, said once more by hand: a route without a row here fails, and so does one that says otherwise. */
const ROWS: Readonly<Record<RouteId, readonly [method: string, path: string, least: Role]>> = {
  me: ['GET', '/api/me', 'reader'],
  today: ['GET', '/api/today', 'reader'],
  market: ['GET', '/api/market', 'reader'],
  rules: ['GET', '/api/rules', 'reader'],
  rule: ['GET', '/api/rules/ahead', 'reader'],
  ruleVersions: ['GET', '/api/rules/ahead/versions', 'reader'],
  ruleDiff: ['GET', '/api/rules/ahead/diff', 'reader'],
  decision: ['GET', '/api/rules/ahead/sessions/2026-01-05', 'reader'],
  previewRule: ['POST', '/api/preview', 'editor'],
  compareDraft: ['POST', '/api/rules/ahead/compare', 'editor'],
  saveRule: ['PUT', '/api/rules/ahead', 'editor'],
  deleteRule: ['DELETE', '/api/rules/ahead', 'editor'],
  restoreRule: ['POST', '/api/rules/ahead/restore', 'editor'],
  switchRule: ['POST', '/api/rules/ahead/state', 'editor'],
  alerts: ['GET', '/api/alerts', 'reader'],
  alert: ['GET', '/api/alerts/none', 'reader'],
  replay: ['GET', '/api/replay/2026-01-05', 'reader'],
  series: ['GET', '/api/series/A.close', 'reader'],
  data: ['GET', '/api/data', 'reader'],
  decideHeld: ['POST', '/api/held/none', 'operator'],
  observe: ['POST', '/api/observations', 'operator'],
  silences: ['GET', '/api/silences', 'reader'],
  silence: ['POST', '/api/silences', 'editor'],
  liftSilence: ['DELETE', '/api/silences/none', 'editor'],
  subscriptions: ['GET', '/api/subscriptions', 'reader'],
  subscribe: ['POST', '/api/subscriptions', 'reader'],
  unsubscribe: ['DELETE', '/api/subscriptions/none', 'reader'],
  confirm: ['POST', '/api/confirmations', 'reader'],
  outbox: ['GET', '/api/outbox', 'operator'],
  outboxMessage: ['GET', '/api/outbox/none', 'operator'],
  evaluateNow: ['POST', '/api/run', 'operator'],
  openapi: ['GET', '/api/openapi.json', 'reader'],
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const NOW = 1_768_000_000;
const TABLE: Readonly<Record<RouteId, Route>> = ROUTES;
const IDS = Object.keys(TABLE) as RouteId[];

let door: Door;
let send: (sent: Sent) => Promise<Returned>;
/** Tokens that let nobody in, by what is wrong with them. */
let bad: readonly (readonly [string, string | undefined])[];
let tokens: Readonly<Record<Role, string>>;
let pool: Pool;

beforeAll(async () => {
  door = doorOf(templateOf());
  const [authorizer] = door.authorizers.values();
  const { issuer = '', audience = [] } = authorizer ?? {};
  const issuing = { issuer, client: audience[0] ?? '', now: NOW };
  pool = await poolOf(issuing);
  const stranger = await poolOf(issuing);
  const elsewhere = { iss: `${issuer}-other` };
  const operator = { groups: ['operator'] };
  bad = [
    ['no token', undefined],
    ['no token but a word', 'operator'],
    ['expired', await pool.token({ ...operator, expires: -1 })],
    ['not valid yet', await pool.token({ ...operator, claims: { nbf: NOW + 600 } })],
    ['wrong signature', await stranger.token(operator)],
    ['wrong audience', await pool.token({ ...operator, claims: { client_id: 'another' } })],
    ['wrong audience beside the right client', await pool.token({ ...operator, claims: { aud: 'another' } })],
    ['wrong issuer', await pool.token({ ...operator, claims: elsewhere })],
    ['alg none', unsigned(await pool.token(operator))],
  ];
  tokens = {
    reader: await pool.token({ groups: ['reader'] }),
    editor: await pool.token({ groups: ['editor'] }),
    operator: await pool.token({ groups: ['operator'] }),
  };
  const { ground, time } = await apiWorld({ where: 'deployed' });
  const api = apiHandler(ground, API_HANDLERS);
  const people = apiHandler(ground, PEOPLE_HANDLERS);
  send = gateway(door, {
    keys: pool.keys,
    now: new Date(NOW * 1000),
    handler: (event) => {
      // Nobody is to wait here.
      time.ticks += 60_000;
      const { rawPath = '' } = event as { readonly rawPath?: string };
      return rawPath.startsWith('/api/subscriptions') ? people(event) : api(event);
    },
  });
});

describe('the door to the API', () => {
  it('is one route for subscriptions and one for all else, for all methods, and asks for a token of our own pool and client', () => {
    const routes = door.routes.filter(({ key }) => key.includes('/api/'));
    expect(routes.map(({ key }) => key).toSorted()).toEqual([
      'ANY /api/subscriptions',
      'ANY /api/subscriptions/{id}',
      'ANY /api/{proxy+}',
    ]);
    for (const { authorization, authorizer } of routes) {
      expect(authorization).toBe('JWT');
      expect(door.authorizers.get(authorizer)).toEqual({
        ...{ type: 'JWT', source: '$request.header.Authorization' },
        issuer: 'https://cognito-idp.{AWS::Region}.amazonaws.com/{AccessUsers}',
        audience: ['{AccessConsole}'],
      });
    }
  });

  it('has a row for every route, and every row is as the table has it', () => {
    expect(Object.keys(ROWS).toSorted()).toEqual(IDS.toSorted());
    for (const id of IDS) {
      const [method, path, least] = ROWS[id];
      expect([id, TABLE[id].method, TABLE[id].role]).toEqual([id, method, least]);
      const pattern = new RegExp(`^${TABLE[id].path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      expect(path).toMatch(pattern);
    }
  });
});

describe.each(IDS)('%s', (id) => {
  const [method, path, least] = ROWS[id];
  const isHere = TABLE[id].where !== 'local';

  it('lets nobody in without a token that is valid, by no method, and asks no function about it', async () => {
    for (const [what, token] of bad) {
      for (const tried of METHODS) {
        const came = await send({ method: tried, path, ...(token === undefined ? {} : { token }) });
        expect([what, tried, came.status, came.reached]).toEqual([what, tried, 401, false]);
      }
    }
  });

  it('lets nobody in whose token is in no group of ours, or for something else than access', async () => {
    for (const groups of [undefined, [], ['others'], ['Operator'], ['operators']]) {
      const token = await pool.token(groups === undefined ? {} : { groups });
      const came = await send({ method, path, token });
      expect([groups, came.status]).toEqual([groups, 403]);
    }
    const identity = await pool.token({ groups: ['operator'], claims: { token_use: 'id' } });
    expect((await send({ method, path, token: identity })).status).toBe(401);
  });

  it.each(ROLES)('does for %s what the row says', async (role) => {
    const came = await send({ method, path, token: tokens[role] });
    if (!isHere) expect(came.status).toBe(404);
    else if (ROLES.indexOf(role) < ROLES.indexOf(least)) expect(came.status).toBe(403);
    else expect([200, 400, 404, 422]).toContain(came.status);
  });

  it('has no other method than the table gives its path', async () => {
    const own = IDS.filter((one) => TABLE[one].path === TABLE[id].path && TABLE[one].where !== 'local');
    const known = new Set<string>(own.map((one) => TABLE[one].method));
    for (const tried of METHODS.filter((one) => !known.has(one))) {
      const came = await send({ method: tried, path, token: tokens.operator });
      expect([tried, came.status]).toEqual([tried, isHere ? 405 : 404]);
    }
  });
});

describe('access', () => {
  it('takes the highest role of several groups, however the gateway writes them', async () => {
    for (const [groups, role] of [
      [['reader', 'operator'], 'operator'],
      [['editor', 'reader', 'eu-west-1_pool_Google'], 'editor'],
    ] as const) {
      const came = await send({ method: 'GET', path: '/api/me', token: await pool.token({ groups }) });
      expect(JSON.parse(came.body)).toMatchObject({ role, where: 'deployed' });
    }
    expect(groupsOf(['a', 'b'])).toEqual(['a', 'b']);
    expect(groupsOf('[a b]')).toEqual(['a', 'b']);
    expect(groupsOf('a')).toEqual(['a']);
    expect(groupsOf('[]')).toEqual([]);
    expect(groupsOf(['a', 1, null])).toEqual(['a']);
    expect([groupsOf(undefined), groupsOf(null), groupsOf({ a: 'operator' })]).toEqual([[], [], []]);
  });

  it('lets nobody in for whom the gateway vouches with nothing, whatever the headers say', async () => {
    const { ground } = await apiWorld({ where: 'deployed' });
    const handler = apiHandler(ground, ALL_HANDLERS);
    for (const authorizer of [
      undefined,
      null,
      {},
      { jwt: null },
      { jwt: { claims: {} } },
      { claims: { sub: 'a' } },
    ]) {
      const event = {
        ...{ version: '2.0', rawPath: '/api/me', rawQueryString: '' },
        headers: { authorization: `Bearer ${tokens.operator}`, 'x-as': 'op:operator' },
        requestContext: { http: { method: 'GET' }, domainName: 'here', authorizer },
      };
      expect((await handler(event as never)).statusCode).toBe(401);
    }
  });

  it('has no user without a subject', () => {
    const claims = { 'cognito:groups': 'operator', token_use: 'access' };
    for (const sub of [undefined, '', 7]) {
      const env = { requestContext: { authorizer: { jwt: { claims: { ...claims, sub } } } } };
      expect(verifiedAccess({ env } as never).ok).toBe(false);
    }
  });
});
