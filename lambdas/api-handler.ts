import { type APIGatewayProxyResult, handle, type LambdaEvent } from 'hono/aws-lambda';
import { verifiedAccess } from './api/access.ts';
import { createApi } from './api/app.ts';
import type { RouteId } from '../shared/api/routes.ts';
import type { WebGround } from './api/ground.ts';
import type { HandlersOf } from './api/handler.ts';
import type { Handle } from './middleware.ts';

/** Answers calls that a gateway hands over after it has verified their tokens. */
export function apiHandler<Ground extends WebGround>(
  ground: Ground,
  handlers: Partial<HandlersOf<RouteId, Ground>>,
): Handle<LambdaEvent, APIGatewayProxyResult> {
  const answer = handle(createApi(ground, verifiedAccess, handlers));
  return async (event) => await answer(event);
}
