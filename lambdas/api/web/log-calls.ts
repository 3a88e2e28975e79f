import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { WebGround } from '../ground.ts';
import type { ApiEnv } from './serve-route.ts';

/** One line for each call: which route, how it ended, how long it took, and a name for who called that leads nowhere. */
export function logCalls({ instruments, ticks }: WebGround): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const begun = ticks();
    await next();
    const took = Math.round(ticks() - begun);
    const { status } = context.res;
    const subject = (context.get('route') as string | undefined) ?? 'none';
    const user = (context.get('caller') as { readonly user: string } | undefined)?.user;
    const who = user === undefined ? 'nobody' : nameOf(user);
    instruments.line('info', { what: 'call', subject, why: `${status} in ${took} ms by ${who}` });
    // How many there are the gateway counts.
    if (status >= 500) instruments.figure('failedCalls', 1);
  };
}

function nameOf(user: string): string {
  return createHash('sha256').update(user).digest('hex').slice(0, 8);
}
