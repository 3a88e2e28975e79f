import type { RouteId } from '../../shared/api/routes.ts';
import type { WholeGround } from './ground.ts';
import type { HandlersOf } from './handler.ts';
import { API_HANDLERS } from './handlers.ts';
import { PEOPLE_HANDLERS } from './subscriptions/handlers.ts';

/** What answers each route, where one process serves them all. */
export const ALL_HANDLERS: HandlersOf<RouteId, WholeGround> = { ...API_HANDLERS, ...PEOPLE_HANDLERS };
