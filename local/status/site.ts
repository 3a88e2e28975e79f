import type { Hono } from 'hono';

/** Anything that answers requests. */
export type Served = Pick<Hono, 'fetch'>;

/** What stands at one address. */
export interface Site {
  readonly api: Served;
  /** How the service stands, in pages that need no script. */
  readonly status: Served;
  /** The console, at every other path. */
  readonly console: Served;
}

/** The console, the API that it asks, and the pages that tell how the service stands, at one address. */
export function site({ api, status, console }: Site): Served {
  return {
    fetch: (request, ...more) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/api/')) return api.fetch(request, ...more);
      return (/^\/status(?:\/|\.json$|$)/.test(pathname) ? status : console).fetch(request, ...more);
    },
  };
}
