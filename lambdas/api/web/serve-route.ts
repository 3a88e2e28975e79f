import type { Context } from 'hono';
import { mayCall, type Route } from '../../../shared/api/route.ts';
import { type RouteId, ROUTES } from '../../../shared/api/routes.ts';
import type { WebGround } from '../ground.ts';
import type { Call, Caller, Handler } from '../handler.ts';
import { forbidden, type Problem } from '../problem.ts';
import { type Finished, finishedOf, problemOf, responseOf } from './answer.ts';
import type { Once } from './idempotency.ts';
import { readCall } from './read-call.ts';
import { isDraft, type Room } from './room.ts';

/** What is known of a call while it is served. */
export interface ApiEnv {
  readonly Variables: { caller: Caller; route: RouteId };
}

/** What one route is served with. */
export interface Serving {
  readonly ground: WebGround;
  readonly handler: Handler<RouteId, WebGround>;
  readonly room: Room;
  readonly once: Once;
  readonly id: RouteId;
}

/** Serves one call: whether the role allows it, whether there is room, whether it reads, and then what it answers. */
export async function serveRoute(context: Context<ApiEnv>, serving: Serving): Promise<Response> {
  const { ground, room, id } = serving;
  const route: Route = ROUTES[id];
  const caller = context.get('caller');
  context.set('route', id);
  if (!mayCall(caller.role, route.role)) {
    return responseOf(problemOf(forbidden(`this takes the role ${route.role}, and yours is ${caller.role}`)));
  }
  const full = room(id, caller);
  if (full !== null) return full;
  const body = route.method === 'GET' ? '' : await context.req.text();
  const params = context.req.param() as Readonly<Record<string, string>>;
  const mediaType = context.req.header('content-type');
  const read = readCall(route, { params, query: context.req.queries(), mediaType, body });
  if (!read.ok) return responseOf(problemOf(firstOf(read.errors)));
  const call = { ...read.value, params, caller, ground, now: ground.clock() } as Call<RouteId, WebGround>;
  return responseOf(await answeredOnce(context, serving, { call, body }));
}

/** A write that names a key is done once; a draft changes nothing, and is tried as often as it is sent. */
async function answeredOnce(
  { req }: Context<ApiEnv>,
  { once, id, handler }: Serving,
  { call, body }: { readonly call: Call<RouteId, WebGround>; readonly body: string },
): Promise<Finished> {
  const key = req.header('idempotency-key');
  if (key === undefined || req.method === 'GET' || req.method === 'HEAD' || isDraft(id)) {
    return await answered(handler, call);
  }
  const { caller, now } = call;
  const { pathname, search } = new URL(req.url);
  const request = [id, pathname, search, body];
  return await once({ key, user: caller.user, request, now }, () => answered(handler, call));
}

async function answered(
  handler: Handler<RouteId, WebGround>,
  call: Call<RouteId, WebGround>,
): Promise<Finished> {
  const result = await handler(call);
  return result.ok ? finishedOf(result.value) : problemOf(firstOf(result.errors));
}

/** There always is one. */
function firstOf(problems: readonly Problem[]): Problem {
  const [problem] = problems;
  if (problem === undefined) throw new Error('a refusal without a problem');
  return problem;
}
