import type { RouteId } from '../../shared/api/routes.ts';
import type { HandlersOf } from './handler.ts';
import { ruleHandlers } from './rules/handlers.ts';

/** What answers each route. */
export const HANDLERS: Partial<HandlersOf<RouteId>> = { ...ruleHandlers };
