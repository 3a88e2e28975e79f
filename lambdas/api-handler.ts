import { type APIGatewayProxyResult, handle, type LambdaEvent } from 'hono/aws-lambda';
import { verifiedAccess } from './api/access.ts';
import { createApi } from './api/app.ts';
import type { ApiGround } from './api/ground.ts';
import type { Handle } from './middleware.ts';

/** Answers calls that a gateway hands over after it has verified their tokens. */
export function apiHandler(ground: ApiGround): Handle<LambdaEvent, APIGatewayProxyResult> {
  const answer = handle(createApi(ground, verifiedAccess));
  return async (event) => await answer(event);
}
