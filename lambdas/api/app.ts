import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Route } from '../../shared/api/route.ts';
import { type RouteId, ROUTES } from '../../shared/api/routes.ts';
import { textOf } from '../../shared/service/report.ts';
import type { Access } from './access.ts';
import type { WebGround } from './ground.ts';
import type { Handler, HandlersOf } from './handler.ts';
import { LIMITS } from './limits.ts';
import { type Problem, UNEXPECTED } from './problem.ts';
import { problemOf, responseOf } from './web/answer.ts';
import { securityHeaders } from './web/headers.ts';
import { createOnce } from './web/idempotency.ts';
import { logCalls } from './web/log-calls.ts';
import { createRoom } from './web/room.ts';
import { type ApiEnv, serveRoute } from './web/serve-route.ts';

const TABLE: Readonly<Record<RouteId, Route>> = ROUTES;

/**
 * The API as one application, made from the table of routes: whoever is not let in by `access` learns nothing, not even
 * which paths there are, and no route is served that the table does not name a role for, nor one without a handler here.
 */
export function createApi<Ground extends WebGround>(
  ground: Ground,
  access: Access,
  handlers: Partial<HandlersOf<RouteId, Ground>>,
): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>({ strict: true });
  api.use(securityHeaders);
  api.use(logCalls(ground));
  api.use(async (context, next) => {
    const admitted = access(context);
    if (!admitted.ok) return refuse(admitted.errors);
    context.set('caller', admitted.value);
    return await next();
  });
  api.use(bodyLimit({ maxSize: LIMITS.bodyBytes, onError: () => responseOf(problemOf(TOO_LARGE)) }));
  const room = createRoom(ground.ticks);
  const once = createOnce(ground.records, ground.ticks);
  const served = (Object.entries(TABLE) as [RouteId, Route][]).filter(
    ([id, { where }]) => id in handlers && (where === undefined || where === ground.where),
  );
  for (const [id, { method, path }] of served) {
    // Each is called with this ground and what its own row of the table has read, and with nothing else.
    const handler = handlers[id] as Handler<RouteId, WebGround>;
    api.on(method, honoPath(path), (context) => serveRoute(context, { ground, room, once, id, handler }));
  }
  for (const [path, methods] of methodsByPath(served.map(([, route]) => route))) {
    api.all(honoPath(path), () => responseOf(problemOf(WRONG_METHOD, { Allow: methods.join(', ') })));
  }
  api.notFound(() => responseOf(problemOf(NO_ROUTE)));
  api.onError((error, context) => unexpected(ground, error, context));
  return api;
}

function refuse([problem]: readonly Problem[]): Response {
  return responseOf(problemOf(problem ?? NO_ROUTE));
}

/** `/api/rules/{id}` as Hono writes it; the id of an alert holds slashes, which a gateway may hand over decoded. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, path === ROUTES.alert.path ? ':$1{.+}' : ':$1');
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const paths = Map.groupBy(routes, ({ path }) => path);
  return new Map([...paths].map(([path, own]) => [path, own.map(({ method }) => method)]));
}

/** Said once, without anything that was sent: a recipient or a token could be in it. */
function unexpected({ instruments }: WebGround, error: unknown, context: Context<ApiEnv>): Response {
  const subject = (context.get('route') as string | undefined) ?? 'api';
  instruments.line('warn', { what: 'call failed', subject, why: withoutAddresses(textOf(error)) });
  return responseOf(problemOf(UNEXPECTED));
}

/** An error of somebody else's may name what it was given. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/\S+@\S+\.\S+/g, '…').replaceAll(/\+\d{6,}/g, '…');
}

const TOO_LARGE: Problem = {
  ...{ status: 413, code: 'too-large', title: 'The body is too large' },
  detail: `a body has at most ${LIMITS.bodyBytes} bytes`,
};
const WRONG_METHOD: Problem = {
  ...{ status: 405, code: 'method', title: 'Not that method' },
  detail: 'the header Allow says which methods there are',
};
const NO_ROUTE: Problem = {
  ...{ status: 404, code: 'no-route', title: 'There is no such path' },
  detail: '/api/openapi.json lists what there is',
};
