import type { Route } from '../../../shared/api/route.ts';
import { type RouteId, ROUTES } from '../../../shared/api/routes.ts';
import type { Caller } from '../handler.ts';
import { LIMITS } from '../limits.ts';
import { problemOf, responseOf } from './answer.ts';
import { createBuckets, type Rate } from './buckets.ts';

/** Takes a place for a call of a caller; an answer that says to wait where there is none. */
export type Room = (id: RouteId, caller: Caller) => Response | null;

/** Drafts are tried with every pause in typing, and change nothing. */
const DRAFTS: readonly RouteId[] = ['previewRule', 'compareDraft'];

/** These compute all of history each time. */
const LONG: readonly RouteId[] = ['replay', 'decision', 'ruleDiff', 'evaluateNow'];

/** Whether a route tries a draft. */
export function isDraft(id: RouteId): boolean {
  return DRAFTS.includes(id);
}

/** Counts the calls of each caller, by a clock that only goes forward, in this process alone. */
export function createRoom(ticks: () => number): Room {
  const buckets = createBuckets();
  return (id, { user }) => {
    const [kind, rate] = rateOf(id);
    const seconds = buckets.take(`${kind} ${user}`, rate, ticks());
    if (seconds === 0) return null;
    const detail = `wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
    const problem = { status: 429, code: 'too-fast', title: 'Too many calls', detail } as const;
    return responseOf(problemOf(problem, { 'Retry-After': String(seconds) }));
  };
}

function rateOf(id: RouteId): readonly [string, Rate] {
  const route: Route = ROUTES[id];
  if (isDraft(id)) return ['previews', LIMITS.previews];
  if (LONG.includes(id)) return ['long', LIMITS.long];
  return route.method === 'GET' ? ['reads', LIMITS.reads] : ['writes', LIMITS.writes];
}
