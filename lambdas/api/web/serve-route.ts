import type { Context } from 'hono';
import { mayCall, type Route } from '../../../shared/api/route.ts';
import { type RouteId, ROUTES } from '../../../shared/api/routes.ts';
import type { ApiGround } from '../ground.ts';
import type { Call, Caller } from '../handler.ts';
import { HANDLERS } from '../handlers.ts';
import { LIMITS } from '../limits.ts';
import { forbidden, type Problem } from '../problem.ts';
import { type Finished, finishedOf, problemOf, responseOf } from './answer.ts';
import type { Buckets, Rate } from './buckets.ts';
import { readCall } from './read-call.ts';

/** What is known of a call while it is served. */
export interface ApiEnv {
  readonly Variables: { caller: Caller; route: RouteId };
}

/** What one route is served with. */
export interface Serving {
  readonly ground: ApiGround;
  readonly buckets: Buckets;
  readonly id: RouteId;
}

/** Serves one call: whether the role allows it, whether there is room, whether it reads, and then what it answers. */
export async function serveRoute(
  context: Context<ApiEnv>,
  { ground, buckets, id }: Serving,
): Promise<Response> {
  const route: Route = ROUTES[id];
  const caller = context.get('caller');
  context.set('route', id);
  if (!mayCall(caller.role, route.role)) {
    return responseOf(problemOf(forbidden(`this takes the role ${route.role}, and yours is ${caller.role}`)));
  }
  const [kind, rate] = rateOf(id, route);
  const wait = buckets.take(`${kind} ${caller.user}`, rate, ground.ticks());
  if (wait > 0) return responseOf(problemOf(tooFast(wait), { 'Retry-After': String(wait) }));
  const body = route.method === 'GET' ? '' : await context.req.text();
  const mediaType = context.req.header('content-type');
  const read = readCall(route, { query: context.req.queries(), mediaType, body });
  if (!read.ok) return responseOf(problemOf(firstOf(read.errors)));
  const params = context.req.param() as Readonly<Record<string, string>>;
  const call = { ...read.value, params, caller, ground, now: ground.clock() } as Call<RouteId>;
  return responseOf(await answered(id, call));
}

async function answered(id: RouteId, call: Call<RouteId>): Promise<Finished> {
  const handler = HANDLERS[id];
  if (handler === undefined) return problemOf(MISSING);
  const result = await handler(call);
  return result.ok ? finishedOf(result.value) : problemOf(firstOf(result.errors));
}

/** Drafts are tried with every pause in typing, and change nothing. */
const DRAFTS: readonly RouteId[] = ['previewRule', 'compareDraft'];

function rateOf(id: RouteId, { method }: Route): readonly [string, Rate] {
  if (DRAFTS.includes(id)) return ['previews', LIMITS.previews];
  return method === 'GET' ? ['reads', LIMITS.reads] : ['writes', LIMITS.writes];
}

function tooFast(seconds: number): Problem {
  const detail = `wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return { status: 429, code: 'too-fast', title: 'Too many calls', detail };
}

function firstOf(problems: readonly Problem[]): Problem {
  return problems[0] ?? MISSING;
}

const MISSING: Problem = {
  ...{ status: 501, code: 'not-yet', title: 'Not there yet' },
  detail: 'nothing answers this route',
};
