import { signal } from '@preact/signals';
import { mayCall } from '../../shared/api/route.ts';
import { type Answer, type RouteId, ROUTES } from '../../shared/api/routes.ts';

/** Who is here and what that allows; null until the service has said so. */
export const me = signal<Answer<'me'> | null>(null);

/** What the sample says of itself; null on real data, undefined before anything is known. */
export const sample = signal<string | null | undefined>(undefined);

/** Whether the caller may call a route and the route is served here: what is not, is not offered. */
export function offers(id: RouteId): boolean {
  const caller = me.value;
  if (caller === null) return false;
  const route = ROUTES[id];
  return mayCall(caller.role, route.role) && (!('where' in route) || caller.where === 'local');
}
